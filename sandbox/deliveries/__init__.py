"""What Slack sends to an app, and what the app may answer."""
