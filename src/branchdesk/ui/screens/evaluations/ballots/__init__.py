"""Counting ballots (测评计票): batches, two passes by two people, and what they add up to."""
