"""Tests as a conversation: people, channels, cards and forms over the control API."""
