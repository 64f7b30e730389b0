"""Long work without Qt: how it reports progress, how it is cancelled, and how it is fenced in."""
