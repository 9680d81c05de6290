"""The Slack door and the sandbox, talking over real HTTP."""
