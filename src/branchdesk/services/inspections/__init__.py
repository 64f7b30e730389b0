"""Inspections: filling them from the records, scoring, checking, problems and their rectification."""
