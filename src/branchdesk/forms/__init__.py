"""The form language: one declaration of fields that every screen, list, paper and import reads."""
