"""Everything that talks: Slack, REST, webhooks, the command line, the scheduler and the relay."""
