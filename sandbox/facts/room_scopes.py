"""Scopes that go by the kind of room: any one of a row lets an app into its kind."""

WRITE_AS_USER = ("channels:write", "groups:write", "im:write", "mpim:write")
WRITE = ("channels:manage", "channels:write", "groups:write", "im:write", "mpim:write")
READ = ("channels:read", "groups:read", "im:read", "mpim:read")
HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
TOPIC = (
    "channels:manage",
    "channels:write.topic",
    "groups:write",
    "groups:write.topic",
    "im:write",
    "im:write.topic",
    "mpim:write",
    "mpim:write.topic",
)
TOPIC_AS_USER = (
    "channels:write",
    "channels:write.topic",
    "groups:write",
    "groups:write.topic",
    "im:write",
    "im:write.topic",
    "mpim:write",
    "mpim:write.topic",
)
