"""The daily performance records of members in the window of evaluation."""
