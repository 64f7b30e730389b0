"""Pure rules on plain values: what is right, what is allowed, what follows from what."""
