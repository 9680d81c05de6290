"""Maintenance as calendar programs read it."""
