"""The rules of points: what counts, what may be redeemed, what the records propose (domain 6.3)."""
