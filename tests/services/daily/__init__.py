"""Tests of the services of daily records."""
