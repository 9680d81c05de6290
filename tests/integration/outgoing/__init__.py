"""Outgoing webhooks, sent to real servers."""
