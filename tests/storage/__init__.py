"""Tests of the branch file: writing, undo, history, backup, keys, damage."""
