"""Tests of the rules of points: tallies, redeeming, proposals of the records, checks of entries."""
