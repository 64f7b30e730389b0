"""Tests that hold the conventions of the house."""
