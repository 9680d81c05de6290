"""User groups over their life: founded, renamed, filled, disabled."""

from dataclasses import replace
from typing import Any

from sandbox.json_types import Json
from sandbox.model.changes import Change
from sandbox.model.people import UserGroup
from sandbox.model.workspace import Workspace


def found_group(workspace: Workspace, group: UserGroup) -> UserGroup:
    return _store(workspace, group, "subteam_created")


def change_group(workspace: Workspace, group: UserGroup, by: str, **parts: Any) -> UserGroup:
    now = workspace.seconds()
    changed = replace(group, updated=now, updated_by=by, **parts)
    return _store(workspace, changed, "subteam_updated")


def fill_group(
    workspace: Workspace, group: UserGroup, users: tuple[str, ...], by: str
) -> UserGroup:
    """Give the group exactly these people, and say who came and who went."""
    came = [user for user in users if user not in group.users]
    went = [user for user in group.users if user not in users]
    before, changed = group.updated, change_group(workspace, group, by, users=users)
    event: Json = {
        "type": "subteam_members_changed",
        "subteam_id": group.id,
        "team_id": workspace.team.id,
        "date_previous_update": before,
        "date_update": changed.updated,
        "added_users": came,
        "added_users_count": len(came),
        "removed_users": went,
        "removed_users_count": len(went),
    }
    if came or went:
        workspace.tell(Change(type="usergroup", event=event))
    return changed


def usergroup_json(group: UserGroup, workspace: Workspace) -> Json:
    return {
        "id": group.id,
        "team_id": workspace.team.id,
        "is_usergroup": True,
        "is_subteam": True,
        "is_external": False,
        "name": group.name,
        "description": group.description,
        "handle": group.handle,
        "date_create": group.created,
        "date_update": group.updated,
        "date_delete": group.disabled,
        "auto_type": None,
        "auto_provision": False,
        "enterprise_subteam_id": "",
        "created_by": group.created_by,
        "updated_by": group.updated_by,
        "deleted_by": group.disabled_by or None,
        "prefs": {"channels": list(group.channels), "groups": []},
        "user_count": len(group.users),
    }


def _store(workspace: Workspace, group: UserGroup, kind: str) -> UserGroup:
    workspace.usergroups[group.id] = group
    shown = usergroup_json(group, workspace) | {
        "users": list(group.users),
        "channel_count": len(group.channels),
        "is_section": False,
    }
    workspace.tell(Change(type="usergroup", event={"type": kind, "subteam": shown}))
    return group
