"""The papers of meetings: notice, sign-in sheet, minutes, votes and ballots, and the bound volume of a year.

The words of official papers are Chinese whatever the language of the window is; they are not translated.
"""
