"""The papers of inspections: the scored sheet, how it was scored, rectification, the ledger, the dossier.

The words of official papers are Chinese whatever the language of the window is; they are not translated.
"""
