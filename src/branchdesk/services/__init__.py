"""What a clerk can do: each function is one labelled change or one question."""
