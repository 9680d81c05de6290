"""What kind of value an argument takes; one name means one kind in all methods."""

from collections.abc import Mapping
from dataclasses import dataclass

FLAGS = frozenset(
    {
        "as_user",
        "enable_section",
        "exclude_archived",
        "exclude_muted",
        "force",
        "full",
        "include_all_metadata",
        "include_categories",
        "include_count",
        "include_disabled",
        "include_labels",
        "include_locale",
        "include_num_members",
        "include_users",
        "inclusive",
        "is_private",
        "is_shared",
        "link_names",
        "mrkdwn",
        "prevent_creation",
        "reply_broadcast",
        "return_im",
        "show_files_hidden_by_limit",
        "test",
        "unfurl_links",
        "unfurl_media",
        "user_auth_required",
    }
)

NUMBERS = frozenset(
    {
        "count",
        "length",
        "limit",
        "page",
        "post_at",
    }
)

# JSON inside the call, or a text that holds JSON.
NESTED = frozenset(
    {
        "attachments",
        "blocks",
        "changes",
        "document_content",
        "files",
        "message",
        "metadata",
        "unfurled_attachments",
        "unfurls",
        "user_auth_blocks",
        "view",
    }
)
# Names divided by commas, or a list of names.
LISTS = frozenset(
    {
        "additional_channels",
        "channel_ids",
        "channels",
        "file_ids",
        "types",
        "user_ids",
        "users",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a value may be beyond its kind; lengths count characters."""

    one_of: tuple[str, ...] = ()
    longest: int | None = None
    smallest: int | None = None
    largest: int | None = None


# By method and argument.
BOUNDS: Mapping[tuple[str, str], Bound] = {
    ("bookmarks.add", "access_level"): Bound(one_of=("read", "write")),
    ("bookmarks.add", "link"): Bound(longest=2_048),
    ("bookmarks.add", "title"): Bound(longest=256),
    ("bookmarks.edit", "link"): Bound(longest=2_048),
    ("bookmarks.edit", "title"): Bound(longest=256),
    ("blocks.validate", "blocks"): Bound(longest=100_000),
    ("blocks.validate", "message"): Bound(longest=100_000),
    ("blocks.validate", "view"): Bound(longest=100_000),
    ("canvases.access.set", "access_level"): Bound(one_of=("read", "write", "owner")),
    ("chat.scheduleMessage", "parse"): Bound(one_of=("none", "full")),
    ("chat.unfurl", "source"): Bound(one_of=("composer", "conversations_history")),
    ("conversations.replies", "limit"): Bound(smallest=1, largest=1_000),
    ("files.getUploadURLExternal", "length"): Bound(smallest=1),
}
