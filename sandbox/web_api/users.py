"""users.* and usergroups.list: who is in the workspace."""

from sandbox.errors import SlackError
from sandbox.json_types import Json
from sandbox.model.people import User
from sandbox.model.wire import user_json, usergroup_json
from sandbox.web_api.call import PAGE, Call
from sandbox.web_api.rooms import find_user


def info(call: Call) -> Json:
    return {"user": _shown(call, find_user(call, call.text("user")))}


def list_users(call: Call) -> Json:
    limit = call.number("limit", PAGE * 10)
    if limit < 1:
        raise call.invalid("limit must be positive")
    page, metadata = call.page(list(call.workspace.users.values()), limit)
    members = [_shown(call, user) for user in page]
    return {"members": members, "cache_ts": call.workspace.seconds(), **metadata}


def lookup_by_email(call: Call) -> Json:
    email = call.text("email").strip().lower()
    for user in call.workspace.users.values():
        if user.email.lower() == email and not user.is_bot and not user.deleted:
            return {"user": _shown(call, user)}
    raise SlackError("users_not_found")


def list_usergroups(call: Call) -> Json:
    groups = []
    for group in call.workspace.usergroups.values():
        shown = usergroup_json(group, call.workspace)
        if call.flag("include_users"):
            shown["users"] = list(group.users)
        groups.append(shown)
    return {"usergroups": groups}


def _shown(call: Call, user: User) -> Json:
    """E-mail addresses are for apps with the scope for them only."""
    shown = user_json(user, call.workspace)
    if "users:read.email" not in call.token.scopes:
        shown["profile"].pop("email", None)
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    return shown
