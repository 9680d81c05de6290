"""Users, channels and views as Slack writes them in JSON."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sandbox.json_types import Json
from sandbox.model.canvasing import standing_in
from sandbox.model.channels import Bookmark, Channel, Note
from sandbox.model.message_wire import message_json
from sandbox.model.people import User
from sandbox.model.views import View
from sandbox.model.workspace import Workspace

# Counting begins with the first mark: an app that never marks has nothing unread.
NEVER_READ = "0000000000.000000"
AVATAR_SIZES = (24, 32, 48, 72, 192, 512, 1024)


def user_json(user: User, workspace: Workspace) -> Json:
    zone = ZoneInfo(user.tz)
    offset = zone.utcoffset(workspace.clock.now())
    label = datetime.fromtimestamp(workspace.seconds(), UTC).astimezone(zone).tzname()
    return {
        "id": user.id,
        "team_id": workspace.team.id,
        "name": user.name,
        "deleted": user.deleted,
        "color": "9f69e7",
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_label": label,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": _profile(user, workspace),
        "is_admin": user.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": user.is_restricted,
        "is_ultra_restricted": False,
        # Slack does not count its own voice among the bots.
        "is_bot": user.is_bot and user.id != "USLACKBOT",
        "is_app_user": False,
        "has_2fa": False,
        "updated": user.updated,
        "is_email_confirmed": not user.is_bot,
        "who_can_share_contact_card": "EVERYONE",
    }


def _profile(user: User, workspace: Workspace) -> Json:
    avatar = user.id[-10:].lower()
    profile: Json = {
        "title": user.title,
        "real_name": user.real_name,
        "real_name_normalized": user.real_name,
        "display_name": user.name,
        "display_name_normalized": user.name,
        "avatar_hash": avatar,
        "status_text": "",
        "status_text_canonical": "",
        "status_emoji": "",
        "status_expiration": 0,
        "phone": "",
        "skype": "",
        "team": workspace.team.id,
    }
    for size in AVATAR_SIZES:
        profile[f"image_{size}"] = f"https://avatars.slack.example/{avatar}_{size}.png"
    if user.is_bot:
        return profile | {"bot_id": user.bot_id, "api_app_id": workspace.team.app_id}
    first, _, last = user.real_name.partition(" ")
    return profile | {"first_name": first, "last_name": last, "email": user.email}


def further_profile() -> Json:
    """What only users.profile.get tells: fields that nobody here has filled in."""
    return {
        "pronouns": "",
        "start_date": "",
        "fields": {},
        "status_emoji_display_info": [],
        "huddle_state": "default_unset",
        "huddle_state_expiration_ts": 0,
    }


def channel_json(channel: Channel, workspace: Workspace, *, viewer: str) -> Json:
    """A conversation object as `viewer`, normally the bot, would be given it."""
    if channel.is_im:
        return _im_json(channel, workspace, viewer)
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private and not channel.is_mpim,
        "is_im": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private,
        "created": channel.created,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "name_normalized": channel.name,
        **_not_shared(workspace),
        "creator": channel.creator,
        "is_member": viewer in channel.members,
        "topic": _note_json(channel.topic),
        "purpose": _note_json(channel.purpose),
        **_properties(channel, workspace),
        "previous_names": list(channel.previous_names),
        "updated": channel.created * 1000,
    }


def _properties(channel: Channel, workspace: Workspace) -> Json:
    """Slack says more of a channel there than its canvas."""
    there = [one for one in standing_in(workspace, channel.id) if one.channel == channel.id]
    if not there:
        return {}
    first = there[0]
    canvas = {"file_id": first.id, "is_empty": not first.markdown, "quip_thread_id": first.id}
    tabs = [
        {"id": one.id, "label": one.title, "type": "canvas", "data": {"file_id": one.id}}
        for one in there
    ]
    return {"properties": {"canvas": canvas, "tabs": tabs}}


def _not_shared(workspace: Workspace) -> Json:
    """Slack Connect is not modelled: every channel belongs to this workspace alone."""
    return {
        "unlinked": 0,
        "is_frozen": False,
        "is_shared": False,
        "is_org_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "parent_conversation": None,
        "context_team_id": workspace.team.id,
        "shared_team_ids": [workspace.team.id],
    }


def _im_json(channel: Channel, workspace: Workspace, viewer: str) -> Json:
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": workspace.team.id,
        "user": channel.partner_of(viewer),
        "is_user_deleted": workspace.users[channel.partner_of(viewer)].deleted,
        "is_open": channel.is_open,
        "priority": 0,
    }


def unread_json(channel: Channel, workspace: Workspace, *, viewer: str) -> Json:
    """The reading state that only the methods about a single conversation return."""
    seen = [m for m in workspace.messages[channel.id].values() if not m.ephemeral_to]
    mark = workspace.read_marks.get((channel.id, viewer), NEVER_READ)
    unread = [m for m in seen if mark != NEVER_READ and float(m.ts) > float(mark)]
    return {
        "priority": 0,
        "last_read": mark,
        "latest": message_json(seen[-1], workspace) if seen else None,
        "unread_count": len(unread),
        "unread_count_display": sum(not m.is_notice for m in unread),
    }


def _note_json(note: Note) -> Json:
    return {"value": note.value, "creator": note.creator, "last_set": note.last_set}


def bookmark_json(bookmark: Bookmark, channel: Channel, workspace: Workspace) -> Json:
    return {
        "id": bookmark.id,
        "channel_id": channel.id,
        "title": bookmark.title,
        "link": bookmark.link,
        "emoji": bookmark.emoji,
        "icon_url": None,
        "type": "link",
        "entity_id": None,
        "date_created": bookmark.created,
        "date_updated": bookmark.updated,
        "rank": "g",
        "last_updated_by_user_id": bookmark.updated_by,
        "last_updated_by_team_id": workspace.team.id,
        "shortcut_id": None,
        "app_id": None,
    }


def view_json(view: View, workspace: Workspace) -> Json:
    content = view.content
    wire: Json = {
        "id": view.id,
        "team_id": workspace.team.id,
        "type": view.type,
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "title": content.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": bool(content.get("clear_on_close", False)),
        "notify_on_close": bool(content.get("notify_on_close", False)),
        "close": content.get("close"),
        "submit": content.get("submit"),
        "submit_disabled": bool(content.get("submit_disabled", False)),
        "previous_view_id": view.previous_view_id or None,
        "root_view_id": view.root_view_id,
        "app_id": workspace.team.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": workspace.team.id,
        "bot_id": workspace.team.bot_id,
    }
    return wire
