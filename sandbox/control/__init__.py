"""The way people, pages and tests act in the workspace."""
