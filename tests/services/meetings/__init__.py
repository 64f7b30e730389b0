"""Tests of the services of meetings."""
