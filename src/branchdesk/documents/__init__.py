"""Paper without a printer: documents are plain values, writers turn them into PDF and Excel files."""
