"""What a workspace remembers: people, channels, messages, views, and the operations on them."""
