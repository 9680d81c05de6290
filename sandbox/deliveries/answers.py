"""What an app's ack does: command answers are shown, submission answers change the modals."""

from collections.abc import Iterator
from typing import Any

from sandbox.deliveries.delivery import Delivery
from sandbox.deliveries.speaking import answer_problems, speak
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.model import showing
from sandbox.model.views import View
from sandbox.referee import review_view
from sandbox.validation.objects import OPTIONS_ANSWER
from sandbox.validation.views import is_too_large, view_problems
from sandbox.world import World


class BadAnswer(Exception):
    """The app's ack says something Slack cannot do; the sentence goes to the journal."""


def show_command_answer(world: World, payload: Any, *, user: str, channel: str) -> None:
    """Text or JSON in the ack of a command is shown; nothing shows nothing."""
    if payload in (None, "", {}):
        return
    answer: Any = {"text": payload} if isinstance(payload, str) else payload
    if not isinstance(answer, dict):
        raise BadAnswer("The answer to the command is neither a text nor an object.")
    problems = list(answer_problems(answer))
    if problems:
        raise BadAnswer(f"The answer to the command is not valid: {'; '.join(problems)}")
    speak(world, answer, user=user, channel=channel)


def apply_submission(world: World, view: View, payload: Any) -> Json:
    """Do what `response_action` says and return what the user's client is told."""
    match payload:
        case None | "" | {} if not payload:
            showing.close_top(world.workspace, view.user)
            return {}
        case {"response_action": "clear"}:
            showing.close_all(world.workspace, view.user)
            return {"response_action": "clear"}
        case {"response_action": "errors", "errors": dict(errors)}:
            return _show_errors(view, errors)
        case {"response_action": ("update" | "push") as action, "view": content}:
            return _show_view(world, view, action, content)
    raise BadAnswer(f"The answer to the submission is not understood: {str(payload)[:200]}")


def _show_errors(view: View, errors: Json) -> Json:
    inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
    unknown = set(errors) - inputs
    if unknown or not errors:
        raise BadAnswer(f"Errors name no input of the view: {sorted(unknown)}")
    silent = [name for name, words in errors.items() if not isinstance(words, str) or not words]
    if silent:
        raise BadAnswer(f"Errors say nothing to read: {sorted(silent)}")
    return {"response_action": "errors", "errors": errors}


def _show_view(world: World, view: View, action: str, content: Any) -> Json:
    own = view if action == "update" else None
    problems = [problem.to_line() for problem in view_problems(content, "modal")]
    if not problems:
        problems = list(_misfits(world, content, own))
    if problems:
        raise BadAnswer(f"The view in the answer is not valid: {'; '.join(problems)}")
    if own is None and len(world.workspace.stacks.get(view.user, ())) >= limits.VIEW_STACK:
        raise BadAnswer("A fourth view cannot be pushed.")
    review_view(world, "an answer to a submission", content)
    if own:
        showing.update_view(world.workspace, view, content)
    else:
        showing.push_view(world.workspace, view.user, content)
    return {"response_action": action}


def _misfits(world: World, content: Json, own: View | None) -> Iterator[str]:
    """What is wrong with a view that is well-formed in itself."""
    if is_too_large(content):
        yield "view_too_large"
    wanted = content.get("external_id")
    for other in world.workspace.views.values():
        if wanted and other.external_id == wanted and (own is None or other.id != own.id):
            yield "duplicate_external_id"


def read_options(payload: Any) -> Json:
    """The options an app suggests: all of them, and the groups if there are any."""
    problems = list(OPTIONS_ANSWER(payload, ""))
    if problems:
        lines = "; ".join(problem.to_line() for problem in problems)
        raise BadAnswer(f"The suggested options are not valid: {lines}")
    groups = payload.get("option_groups") or []
    options = list(payload.get("options") or ())
    for group in groups:
        options += group["options"]
    return {"options": options} | ({"option_groups": groups} if groups else {})


def blame(world: World, delivery: Delivery, problem: BadAnswer) -> None:
    world.journal.finding("invalid_ack", str(problem), delivery=delivery.id)
