"""users.*: who is in the workspace."""

from sandbox.errors import SlackError
from sandbox.json_types import Json
from sandbox.model.people import User
from sandbox.model.wire import further_profile, user_json
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


def profile(call: Call) -> Json:
    """users.profile.get: one's own profile, or somebody else's."""
    user = find_user(call, call.text("user") or call.caller)
    return {"profile": _shown(call, user)["profile"] | further_profile()}


def presence(call: Call) -> Json:
    """Everybody is at work; who has left the workspace is not, and an app keeps no hours."""
    user = call.workspace.users.get(call.text("user") or call.caller)
    if user is None:
        raise call.invalid("user is nobody of this workspace")
    present = not user.deleted
    answer: Json = {"presence": "active" if present else "away"}
    if user.id != call.caller:
        return answer
    return answer | {
        "online": present,
        "auto_away": False,
        "manual_away": False,
        "connection_count": 1,
        "last_activity": call.workspace.seconds(),
    }


def _shown(call: Call, user: User) -> Json:
    """E-mail addresses are for apps with the scope for them only."""
    shown = user_json(user, call.workspace)
    if "users:read.email" not in call.token.scopes:
        shown["profile"].pop("email", None)
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    return shown
