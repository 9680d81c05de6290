"""The Slack door without Slack: words, blocks, limits."""
