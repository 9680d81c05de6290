"""Heartbeats over the API: which there are, and where they say that they live."""
