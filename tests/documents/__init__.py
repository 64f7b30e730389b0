"""Tests of paper without a printer, and the judge of archival PDF that papers of other rooms use too."""
