"""Points of members: the ledger, what the records propose, and exchanging points for rewards."""
