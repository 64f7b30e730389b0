"""Evaluations as a clerk carries them out."""
