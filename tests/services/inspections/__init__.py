"""Tests of the services of inspections."""
