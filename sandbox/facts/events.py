"""Which of the events an app can subscribe to are sent here, and who sees them."""

from collections.abc import Mapping

from sandbox.facts.subscribable import SUBSCRIBABLE

# The others belong to Slack Connect, Enterprise Grid, calls, workflows, assistants, or to members
# whose doings are not modelled; subscribing to them is possible and brings nothing.
SENT_EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_rate_limited",
    "app_uninstalled",
    "channel_archive",
    "channel_created",
    "channel_deleted",
    "channel_id_changed",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "emoji_changed",
    "file_created",
    "file_deleted",
    "file_shared",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
    "im_created",
    "link_shared",
    "member_joined_channel",
    "member_left_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "message.mpim",
    "pin_added",
    "pin_removed",
    "reaction_added",
    "reaction_removed",
    "subteam_created",
    "subteam_members_changed",
    "subteam_updated",
    "team_join",
    "tokens_revoked",
    "user_change",
    "user_profile_changed",
)
# Per event the scopes of which the app needs one; an empty set asks for none.
EVENT_SCOPES: Mapping[str, frozenset[str]] = {name: SUBSCRIBABLE[name] for name in SENT_EVENTS}

# These reach the app for public channels it has not joined.
VISIBLE_WITHOUT_MEMBERSHIP = frozenset(
    {
        "channel_archive",
        "channel_created",
        "channel_deleted",
        "channel_id_changed",
        "channel_rename",
        "channel_unarchive",
    }
)
# Told about conversations that are no channel to look into, and of links wherever they are shared.
VISIBLE_ANYWHERE = frozenset({"app_home_opened", "im_created", "link_shared"})
# Where several conversation families share an event, the scope of the family counts.
SCOPES_BY_FAMILY: Mapping[str, Mapping[str, str]] = {
    "channel_shared": {"channels": "channels:read", "groups": "groups:read"},
    "channel_unshared": {"channels": "channels:read", "groups": "groups:read"},
    "member_joined_channel": {
        "channels": "channels:read",
        "groups": "groups:read",
        "mpim": "mpim:read",
    },
    "member_left_channel": {"channels": "channels:read", "groups": "groups:read"},
}
