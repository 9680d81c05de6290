"""Pure functions from read models to Block Kit."""
