"""Whether blocks, views and texts are what Slack would accept, decided without I/O."""
