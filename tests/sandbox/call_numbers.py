"""Numbers that single methods hold to, each with a call of any size."""

from sandbox.json_types import Json
from tests.sandbox.asking import modal
from tests.sandbox.call_crowds import CROWDS
from tests.sandbox.call_number import (
    Number,
    address,
    called,
    group,
    link,
    metadata,
    said,
    shelf,
    upload,
)

DIVIDER: Json = {"type": "divider"}
DAY = 86_400
POSTING = ("chat.postMessage", "chat.postEphemeral", "chat.scheduleMessage", "chat.update")
TOO_LONG = {method: "msg_too_long" for method in POSTING} | {
    "chat.postMessage": "msg_blocks_too_long"
}
IN_MESSAGES = [
    *(
        said("MARKDOWN_TEXT", 12_000, method, "markdown_text", lambda n: "x" * n, TOO_LONG[method])
        for method in POSTING
    ),
    *(
        said(
            "ATTACHMENTS",
            100,
            method,
            "attachments",
            lambda n: [{"text": "x"}] * n,
            "too_many_attachments",
        )
        for method in POSTING
    ),
    *(
        said("MESSAGE_BLOCKS", 50, method, "blocks", lambda n: [DIVIDER] * n, "invalid_blocks")
        for method in POSTING
    ),
    *(
        said("METADATA_BYTES", 8_000, method, "metadata", metadata, "metadata_too_large")
        for method in POSTING
        if method != "chat.postEphemeral"
    ),
    said("UPDATE_TEXT", 4_000, "chat.update", "text", lambda n: "x" * n, "msg_too_long"),
    called(
        "UPDATE_TEXT",
        4_000,
        "chat.meMessage",
        lambda at, n: {"channel": at["room"], "text": "x" * n},
        "msg_too_long",
    ),
    called(
        "SCHEDULED_DAYS",
        120,
        "chat.scheduleMessage",
        lambda at, n: {
            "channel": at["room"],
            "text": "x",
            "post_at": int(at.sandbox.clock.seconds()) + n * DAY,
        },
        "time_too_far",
    ),
]
IN_CHANNELS = [
    called(
        "CHANNEL_NAME",
        80,
        "conversations.create",
        lambda _, n: {"name": "r" * n},
        "invalid_name_maxlength",
    ),
    called(
        "CHANNEL_NAME",
        80,
        "conversations.rename",
        lambda at, n: {"channel": at["room"], "name": "r" * n},
        "invalid_name_maxlength",
    ),
    called(
        "TOPIC",
        250,
        "conversations.setTopic",
        lambda at, n: {"channel": at["room"], "topic": "x" * n},
        "too_long",
    ),
    called(
        "PURPOSE",
        250,
        "conversations.setPurpose",
        lambda at, n: {"channel": at["room"], "purpose": "x" * n},
        "too_long",
    ),
    called(
        "HISTORY_LIMIT",
        999,
        "conversations.history",
        lambda at, n: {"channel": at["room"], "limit": n},
        "invalid_arguments",
    ),
    *(
        called("LIST_LIMIT", 999, method, lambda _, n: {"limit": n}, "invalid_limit")
        for method in ("conversations.list", "users.conversations")
    ),
    called(
        "LIST_LIMIT",
        999,
        "conversations.members",
        lambda at, n: {"channel": at["room"], "limit": n},
        "invalid_limit",
    ),
    called(
        "REPLIES_LIMIT",
        1_000,
        "conversations.replies",
        lambda at, n: {"channel": at["room"], "ts": at["ts"], "limit": n},
        "invalid_arguments",
    ),
    called(
        "BOOKMARK_TITLE",
        256,
        "bookmarks.add",
        lambda at, n: link(at, title="t" * n),
        "invalid_arguments",
    ),
    called(
        "BOOKMARK_TITLE",
        256,
        "bookmarks.edit",
        lambda at, n: shelf(at, title="t" * n),
        "invalid_arguments",
    ),
    called(
        "BOOKMARK_LINK",
        2_048,
        "bookmarks.add",
        lambda at, n: link(at, link=address(n)),
        "invalid_link",
    ),
    called(
        "BOOKMARK_LINK",
        2_048,
        "bookmarks.edit",
        lambda at, n: shelf(at, link=address(n)),
        "invalid_link",
    ),
]
ELSEWHERE = [
    called(
        "VIEW_BLOCKS",
        100,
        "views.open",
        lambda at, n: {"trigger_id": at.trigger(), "view": modal(*[DIVIDER] * n)},
        "invalid_arguments",
    ),
    called(
        "VIEW_BLOCKS",
        100,
        "views.publish",
        lambda at, n: {"user_id": at["alice"], "view": {"type": "home", "blocks": [DIVIDER] * n}},
        "invalid_arguments",
    ),
    called(
        "FILE_ALT_TEXT",
        1_000,
        "files.getUploadURLExternal",
        lambda _, n: upload(alt_txt="x" * n),
        "alt_txt_too_large",
    ),
    called(
        "SNIPPET_BYTES",
        1_000_000,
        "files.getUploadURLExternal",
        lambda _, n: upload(length=n, snippet_type="python"),
        "snippet_too_large",
    ),
    called(
        "FILE_BYTES",
        7_000_000,
        "files.getUploadURLExternal",
        lambda _, n: upload(length=n),
        "file_upload_size_restricted",
    ),
    called(
        "FILE_HIGHLIGHT_TYPE",
        10,
        "files.completeUploadExternal",
        lambda at, n: {"files": [{"id": at["waiting"], "highlight_type": "x" * n}]},
        "invalid_arguments",
    ),
    called(
        "USERGROUP_NAME",
        80,
        "usergroups.create",
        lambda _, n: group(name="n" * n),
        "name_too_long",
    ),
    called(
        "USERGROUP_HANDLE",
        21,
        "usergroups.create",
        lambda _, n: group(handle="h" * n),
        "bad_handle",
    ),
    called(
        "USERGROUP_DESCRIPTION",
        140,
        "usergroups.create",
        lambda _, n: group(description="d" * n),
        "description_too_long",
    ),
]
NUMBERS = [
    *IN_MESSAGES,
    *IN_CHANNELS,
    *ELSEWHERE,
    *(
        Number(limit=limit, most=most, where=where, tried=tried, error=error)
        for limit, most, where, tried, error in CROWDS
    ),
]
