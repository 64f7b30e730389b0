"""The rules of evaluations: ballots, weighted totals, quotas, decisions, stars and steps (domain 6)."""
