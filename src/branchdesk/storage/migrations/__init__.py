"""The steps from each schema to the next; literal, never importing today's tables."""

KNOWN = ("0001", "0002", "0003", "0004", "0005")
HEAD = KNOWN[-1]
