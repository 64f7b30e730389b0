"""Tests of the rules of evaluations: ballots, totals, quotas, decisions, stars, steps and the fingerprint."""
