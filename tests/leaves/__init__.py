"""Tests of the leaves that every room may import."""
