"""Postmortems and exports in Slack."""
