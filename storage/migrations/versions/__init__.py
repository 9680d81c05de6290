"""One module per step of the schema; a step that was released never changes."""
