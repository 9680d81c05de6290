"""Maintenance in Slack: what is typed, what is pressed, what is filled in."""
