"""Outgoing webhooks over the API: where they go, and what was sent there."""
