"""usergroups.*: groups of people that can be mentioned together."""

import re
from typing import Any

from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.facts.methods import METHODS
from sandbox.json_types import Json
from sandbox.model.grouping import change_group, fill_group, found_group, usergroup_json
from sandbox.model.people import UserGroup
from sandbox.web_api.call import Call
from sandbox.web_api.rooms import refusal

HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]*")
RESERVED = frozenset({"channel", "everyone", "group", "here"})


def list_groups(call: Call) -> Json:
    _require_plan(call)
    hidden = not call.flag("include_disabled")
    rows = []
    for group in call.workspace.usergroups.values():
        if group.disabled and hidden:
            continue
        # Counts are texts here and numbers everywhere else.
        shown = usergroup_json(group, call.workspace) | {"user_count": str(len(group.users))}
        rows.append(shown | ({"users": list(group.users)} if call.flag("include_users") else {}))
    return {"usergroups": rows}


def create(call: Call) -> Json:
    _require_plan(call)
    name = call.text("name").strip()
    if not name:
        raise SlackError("missing_subteam_name")
    handle = call.text("handle") or re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    _check_words(call, name, handle)
    _require_unique(call, name, handle, "")
    channels = _channels(call)
    call.refuse_preferences()
    now = call.workspace.seconds()
    group = UserGroup(
        id=call.workspace.ids.make("S"),
        handle=handle,
        name=name,
        description=call.text("description"),
        channels=channels or (),
        created=now,
        created_by=call.caller,
        updated=now,
        updated_by=call.caller,
    )
    return _answer(call, found_group(call.workspace, group))


def update(call: Call) -> Json:
    _require_plan(call)
    group = _find(call)
    parts: dict[str, Any] = {
        name: call.text(name) for name in ("name", "handle", "description") if call.has(name)
    }
    name, handle = parts.get("name", group.name), parts.get("handle", group.handle)
    _check_words(call, name, handle)
    _require_unique(call, name, handle, group.id)
    channels = _channels(call)
    call.refuse_preferences()
    if channels is not None:
        parts["channels"] = channels
    return _answer(call, change_group(call.workspace, group, call.caller, **parts))


def enable(call: Call) -> Json:
    return _switch(call, disabled=0, by="")


def disable(call: Call) -> Json:
    return _switch(call, disabled=call.workspace.seconds(), by=call.caller)


def _switch(call: Call, *, disabled: int, by: str) -> Json:
    _require_plan(call)
    group = _find(call)
    call.refuse_preferences()
    if bool(group.disabled) == bool(disabled):
        return _answer(call, group)
    group = change_group(call.workspace, group, call.caller, disabled=disabled, disabled_by=by)
    return _answer(call, group)


def list_members(call: Call) -> Json:
    _require_plan(call)
    group = _find(call)
    if group.disabled and not call.flag("include_disabled"):
        raise SlackError("no_such_subteam")
    return {"users": list(group.users)}


def update_members(call: Call) -> Json:
    _require_plan(call)
    group = _find(call)
    users = tuple(dict.fromkeys(call.names("users")))
    if not users:
        raise SlackError("no_users_provided")
    known = call.workspace.users
    if any(user not in known or known[user].is_bot for user in users):
        raise SlackError("invalid_users")
    if any(known[user].deleted for user in users):
        raise SlackError("failed_for_some_users")
    call.refuse_preferences()
    group = fill_group(call.workspace, group, users, call.caller)
    return _answer(call, group)


def _answer(call: Call, group: UserGroup) -> Json:
    shown = usergroup_json(group, call.workspace) | {"users": list(group.users)}
    return {"usergroup": shown}


def _require_plan(call: Call) -> None:
    if not call.world.preferences.is_paid:
        known = METHODS[call.method].errors
        documented = "plan_upgrade_required" in known
        raise SlackError("plan_upgrade_required" if documented else "paid_teams_only")


def _find(call: Call) -> UserGroup:
    group = call.workspace.usergroups.get(call.text("usergroup"))
    if group is None:
        raise refusal(call, "no_such_subteam", "usergroup is no user group of this workspace")
    return group


def _check_words(call: Call, name: str, handle: str) -> None:
    if not name.strip():
        raise refusal(call, "missing_subteam_name", "name must not be empty")
    if len(name) > limits.USERGROUP_NAME:
        raise refusal(call, "name_too_long", "name is too long")
    if not HANDLE.fullmatch(handle) or len(handle) > limits.USERGROUP_HANDLE:
        raise refusal(call, "bad_handle", "handle has letters, digits, dots and hyphens only")
    if handle in RESERVED:
        raise refusal(call, "forbidden_handle", "handle is reserved")
    if len(call.text("description")) > limits.USERGROUP_DESCRIPTION:
        raise refusal(call, "description_too_long", "description is too long")


def _require_unique(call: Call, name: str, handle: str, own: str) -> None:
    others = [group for group in call.workspace.usergroups.values() if group.id != own]
    if any(group.name.lower() == name.lower() for group in others):
        raise refusal(call, "name_already_exists", "name is in use")
    taken = any(group.handle == handle for group in others)
    if taken or call.workspace.user_named(handle) or call.workspace.channel_named(handle):
        raise refusal(call, "handle_already_exists", "handle is in use")


def _channels(call: Call) -> tuple[str, ...] | None:
    """The channels members are put in; `None` leaves them as they are."""
    if not call.has("channels"):
        return None
    wanted = tuple(call.names("channels"))
    for name in wanted:
        channel = call.workspace.channels.get(name)
        if channel is None or channel.is_private:
            raise refusal(call, "invalid_channel_provided", f"{name} is no public channel")
    return wanted
