"""Files as Slack writes them in JSON."""

import re
from base64 import b64decode

from sandbox.facts.file_types import BINARY, FILE_TYPES, FileType
from sandbox.json_types import Json
from sandbox.model.files import File
from sandbox.model.workspace import Workspace

# What no file here is or has.
FIXED_PARTS: Json = {
    "is_external": False,
    "external_type": "",
    "public_url_shared": False,
    "display_as_bot": False,
    "username": "",
    "comments_count": 0,
    "is_starred": False,
    "has_rich_preview": False,
    "file_access": "visible",
}
PREVIEW_LINES, PREVIEW_TEXT = 5, 1_000
# What a name may not bring into an address.
UNSAFE = re.compile(r"[^A-Za-z0-9.-]+")
FAMILIES = {"channels": "channels", "groups": "groups", "im": "ims", "mpim": "groups"}


def file_json(file: File, workspace: Workspace) -> Json:
    """A file object; of a deleted file only its tombstone is left."""
    if file.is_deleted:
        return {"id": file.id, "mode": "tombstone"}
    kind = FILE_TYPES.get(file.extension, BINARY)
    return {
        **_identity(file, workspace),
        "mimetype": kind.mimetype,
        "filetype": file.snippet_type or file.extension or "binary",
        "pretty_type": kind.pretty,
        **FIXED_PARTS,
        **_addresses(file, workspace),
        **_preview(file, kind),
        **_places(file, workspace),
    }


def _identity(file: File, workspace: Workspace) -> Json:
    identity = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "user": file.user,
        "user_team": workspace.team.id,
        "size": file.size,
        "mode": "snippet" if file.snippet_type else "hosted",
        "editable": bool(file.snippet_type),
    }
    return identity | ({"alt_txt": file.alt_txt} if file.alt_txt else {})


def _addresses(file: File, workspace: Workspace) -> Json:
    name = UNSAFE.sub("_", file.name).strip("._").lower() or "file"
    base = f"{workspace.address}/files-pri/{workspace.team.id}-{file.id}"
    shown = f"https://{workspace.team.domain}.slack.com/files/{file.user}/{file.id}/{name}"
    secret = f"{workspace.team.id}-{file.id}-{file.id[-6:].lower()}"
    return {
        "url_private": f"{base}/{name}",
        "url_private_download": f"{base}/download/{name}",
        "permalink": shown,
        "permalink_public": f"https://slack-files.com/{secret}",
    }


def _preview(file: File, kind: FileType) -> Json:
    """The first lines of what can be read."""
    if not (file.snippet_type or kind.is_text):
        return {}
    lines = b64decode(file.content).decode(errors="replace").splitlines()
    shown = lines[:PREVIEW_LINES]
    return {
        "preview": "\n".join(shown)[:PREVIEW_TEXT],
        "lines": len(lines),
        "lines_more": len(lines) - len(shown),
        "preview_is_truncated": len(lines) > len(shown),
    }


def _places(file: File, workspace: Workspace) -> Json:
    """Where the file was shared: the channels by kind, and the messages in each."""
    rooms: dict[str, list[str]] = {"channels": [], "groups": [], "ims": []}
    shares: dict[str, dict[str, list[Json]]] = {}
    for share in file.shares:
        channel = workspace.channels[share.channel]
        family = rooms[FAMILIES[channel.family]]
        if channel.id not in family:
            family.append(channel.id)
        side = "private" if channel.is_private else "public"
        replies = workspace.replies(share.channel, share.ts)
        users = list(dict.fromkeys(reply.user for reply in replies))
        shown: Json = {
            "ts": share.ts,
            "channel_name": channel.name,
            "team_id": workspace.team.id,
            "reply_users": users,
            "reply_users_count": len(users),
            "reply_count": len(replies),
        }
        if share.thread_ts:
            shown["thread_ts"] = share.thread_ts
        shares.setdefault(side, {}).setdefault(channel.id, []).append(shown)
    return {"is_public": bool(rooms["channels"]), **rooms, "shares": shares}
