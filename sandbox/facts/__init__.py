"""What is known of Slack, as tables: methods, tiers, limits, events."""
