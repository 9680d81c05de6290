"""Alerts in: each monitoring tool's own webhook, stored first and understood afterwards."""
