"""One module per effect: how it is made visible in Slack, once."""
