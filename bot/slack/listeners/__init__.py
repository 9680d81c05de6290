"""What people do in Slack, translated into commands and forms."""
