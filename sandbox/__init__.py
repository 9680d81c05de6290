"""A Slack workspace on your own machine, as strict as Slack; it knows no particular app."""
