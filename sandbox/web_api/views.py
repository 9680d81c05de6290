"""views.*: modals and the App Home."""

from typing import Any

from sandbox.deliveries.triggers import Trigger
from sandbox.errors import SlackError
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import showing
from sandbox.model.views import View
from sandbox.model.wire import view_json
from sandbox.validation.views import is_too_large, view_problems
from sandbox.web_api.call import Call


def open_view(call: Call) -> Json:
    trigger = _trigger(call)
    content = _content(call, "modal")
    _refuse_taken_external_id(call, content, None)
    if trigger.view:
        view = _stacked(call, trigger, content)
    else:
        call.world.triggers.exchange(trigger)
        view = showing.open_view(call.workspace, trigger.user, content)
    return {"view": view_json(view, call.workspace)}


def push(call: Call) -> Json:
    trigger = _trigger(call)
    content = _content(call, "modal")
    _refuse_taken_external_id(call, content, None)
    if not trigger.view:
        raise SlackError("not_found")
    return {"view": view_json(_stacked(call, trigger, content), call.workspace)}


def update(call: Call) -> Json:
    view = _find(call)
    content = _content(call, view.type)
    _refuse_stale(call, view)
    _refuse_taken_external_id(call, content, view)
    return {"view": view_json(showing.update_view(call.workspace, view, content), call.workspace)}


def publish(call: Call) -> Json:
    content = _content(call, "home")
    if not call.world.app.home_tab:
        raise SlackError("not_enabled")
    user = call.text("user_id")
    if user not in call.workspace.users or call.workspace.users[user].is_bot:
        raise call.invalid("invalid `user_id`")
    known = call.workspace.home_of(user)
    if known:
        _refuse_stale(call, known)
    _refuse_taken_external_id(call, content, known)
    view = showing.publish_home(call.workspace, user, content)
    return {"view": view_json(view, call.workspace)}


def _trigger(call: Call) -> Trigger:
    """Of the two names of a trigger Slack wants one."""
    name = call.text("trigger_id") or call.text("interactivity_pointer")
    if not name:
        raise call.invalid("missing required field: trigger_id")
    return call.world.triggers.look_up(name, call.world.transport.answer_seconds)


def _stacked(call: Call, trigger: Trigger, content: Json) -> View:
    if trigger.view not in call.workspace.stacks.get(trigger.user, ()):
        if call.method == "views.push":
            raise SlackError("not_found")
        call.world.triggers.exchange(trigger)
        return showing.open_view(call.workspace, trigger.user, content)
    if len(call.workspace.stacks[trigger.user]) >= limits.VIEW_STACK:
        if call.method == "views.push":
            raise SlackError("push_limit_reached")
        raise call.invalid(f"no more than {limits.VIEW_STACK} views may be open at once")
    call.world.triggers.exchange(trigger)
    return showing.push_view(call.workspace, trigger.user, content)


def _content(call: Call, kind: str) -> Json:
    content: Any = call.json("view", "invalid_arguments")
    if not isinstance(content, dict):
        raise call.invalid("view must be an object")
    problems = list(view_problems(content, kind))
    if problems:
        raise SlackError(
            "invalid_arguments",
            response_metadata={"messages": [problem.to_line() for problem in problems]},
        )
    if is_too_large(content):
        raise SlackError("view_too_large")
    return content


def _find(call: Call) -> View:
    if not call.text("view_id") and not call.text("external_id"):
        raise call.invalid("must provide view_id or external_id")
    for view in call.workspace.views.values():
        if view.id == call.text("view_id"):
            return view
        if view.external_id and view.external_id == call.text("external_id"):
            return view
    raise SlackError("not_found")


def _refuse_stale(call: Call, view: View) -> None:
    if call.text("hash") and call.text("hash") != view.hash:
        raise SlackError("hash_conflict")


def _refuse_taken_external_id(call: Call, content: Json, own: View | None) -> None:
    wanted = str(content.get("external_id") or "")
    for view in call.workspace.views.values():
        if wanted and view.external_id == wanted and (own is None or view.id != own.id):
            raise SlackError("duplicate_external_id")
