"""What the sandbox promises: as strict as Slack, and never in the way."""
