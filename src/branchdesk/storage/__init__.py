"""The branch file: the only room that knows SQL."""
