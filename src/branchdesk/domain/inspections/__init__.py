"""The rules of inspections: scoring, states, deadlines, problems and their rectification (domain 7)."""
