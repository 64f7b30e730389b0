"""BranchDesk 支部台账: the offline desk of the clerk of a grassroots Party branch."""

__version__ = "0.1.0"
