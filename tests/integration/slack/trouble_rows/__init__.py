"""The rows of the table of Slack's faults."""
