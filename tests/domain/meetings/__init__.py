"""Tests of the rules of meetings: who counts, what holds, what minutes lack."""
