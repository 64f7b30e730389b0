"""The papers of daily records: the sheet of a month and the sheet of a year.

The words of official papers are Chinese whatever the language of the window is; they are not translated.
"""
