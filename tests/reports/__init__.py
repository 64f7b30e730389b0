"""Tests of the official papers: the document first, then the file."""
