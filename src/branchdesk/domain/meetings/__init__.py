"""Meetings of a branch: who counts, what was decided and whether it holds, and what the minutes lack."""
