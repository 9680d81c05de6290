"""The settings of an organisation in Slack: pages of one modal, each with what holds now."""
