"""Meetings: planning, holding, writing down, finalising and counting them; one labelled change each."""
