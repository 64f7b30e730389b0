"""Evaluations of members, committees and work: planning, scoring, counting ballots, deciding, freezing."""
