"""Tasks of incidents in Slack: typed, filled in, listed, ticked off."""
