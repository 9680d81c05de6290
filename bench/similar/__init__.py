"""How well search finds what has happened before, on a labelled set made for it."""
