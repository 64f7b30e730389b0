"""The tabs of points: the members with their ledgers, and what points are exchanged for."""
