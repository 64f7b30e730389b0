"""Tests of the rules of inspections: points, states, days, rectification."""
