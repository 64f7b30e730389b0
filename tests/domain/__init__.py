"""Tests of the rules that know neither screens nor files."""
