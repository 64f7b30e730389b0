"""The daily performance records of members: looking, writing, and what the records say by themselves."""
