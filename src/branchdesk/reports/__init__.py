"""The official papers: each is a function from plain values, already spelled for display, to a document."""
