"""Tests of the services of points."""
