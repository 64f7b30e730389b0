"""The papers of points: publicity of a month, the page of a member, lists of tasks, exchanges and rewards.

The words of official papers are Chinese whatever the language of the window is; they are not translated.
"""
