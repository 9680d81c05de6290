"""The timeline in Slack: notes, messages that are kept, pages to read, lines to correct."""
