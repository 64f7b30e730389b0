"""The papers of evaluations: ballots and tallies, forms for the file, lists, official papers, stars, plaques.

The words of official papers are Chinese whatever the language of the window is; they are not translated.
"""
