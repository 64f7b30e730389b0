"""One widget for each field type of the form language, and the pane that lays them out."""
