"""What can befall the channel of an incident in Slack."""

from enum import StrEnum


class ChannelFate(StrEnum):
    RENAMED = "renamed"
    ARCHIVED = "archived"
    UNARCHIVED = "unarchived"
    DELETED = "deleted"
    LOST = "lost"
    """Tocsin was taken out of it, and cannot write there any more."""
    REGAINED = "regained"
    """Tocsin is in it again."""
    ABANDONED = "abandoned"
    """Slack does not give it back, so that the incident goes on in another one."""
    MOVED = "moved"
    """It goes on under another id."""
    SHARED = "shared"
    """People of another organisation are in it."""
    UNSHARED = "unshared"
    MADE_PRIVATE = "made_private"
    MADE_PUBLIC = "made_public"
