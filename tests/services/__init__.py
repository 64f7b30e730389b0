"""Tests of what a clerk can do."""
