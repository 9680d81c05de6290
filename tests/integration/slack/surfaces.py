"""Everything that people reach in Slack, as the door registers it with Bolt, and what of it was
truly reached."""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

import pytest
from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack import slash
from bot.slack.maintenance import slash as maintenance_slash
from bot.slack.views.reminders import PUT_OFF, pressed
from core.domain.reminder import Reminder
from sandbox.model.messages import Message
from sandbox.model.workspace import Workspace
from tests.integration.slack.surface_table import TABLE

KINDS = ("action", "view", "command", "options", "global_shortcut", "message_shortcut", "event")
ENDING = r"(\.\w+)?$"
"""Of patterns for buttons that are told apart by an ending."""

VERBS: Mapping[str, Mapping[str, Callable[[str], Any]]] = {
    "/incident": slash.VERBS,
    "/maintenance": maintenance_slash.VERBS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Overheard:
    """Both fill themselves while conversations are held."""

    registered: set[str] = field(default_factory=set)
    reached: set[str] = field(default_factory=set)
    """What the door heard and answered, and the reminders that it posted."""


def overheard(patch: pytest.MonkeyPatch) -> Overheard:
    """Of every door that registers what it hears from now on."""
    all = Overheard()
    for kind in KINDS:
        patch.setattr(AsyncApp, kind, _registering(kind, all))
    for command, verbs in VERBS.items():
        for verb, understood in verbs.items():
            patch.setitem(verbs, verb, _understanding(understood, f"{command} {verb}", all))
    patch.setattr(Workspace, "keep", _reminding(Workspace.keep, all))
    return all


def said_of(conversation: str) -> set[str]:
    """What the table says that is reached for in it."""
    return {
        f"{kind} {surface}"
        for kind, rows in TABLE.items()
        for surface in rows.get(conversation, "").split()
    }


def typed_and_reminded() -> set[str]:
    typed = {f"{command} {verb}" for command, verbs in VERBS.items() for verb in verbs}
    return typed | {f"reminder {one.value}" for one in Reminder}


def _registering(kind: str, all: Overheard) -> Callable[..., Any]:
    register = getattr(AsyncApp, kind)

    def registering(app: AsyncApp, about: Any, *more: Any, **kwargs: Any) -> Any:
        surface = f"{kind} {_named(about)}"
        all.registered.add(surface)
        registered = register(app, about, *more, **kwargs)
        return lambda listener: registered(_listening(listener, surface, all))

    return registering


def _listening(
    listener: Callable[..., Awaitable[None]], surface: str, all: Overheard
) -> Callable[..., Awaitable[None]]:
    @wraps(listener)
    async def listening(*args: Any, **kwargs: Any) -> None:
        await listener(*args, **kwargs)
        if not _refused(kwargs.get("ack")):
            all.reached.add(surface)

    return listening


def _refused(ack: AsyncAck | None) -> bool:
    """Whether a form was sent back for errors at its fields; events are heard without an `ack`."""
    answer = ack.response if ack else None
    return answer is not None and '"response_action": "errors"' in (answer.body or "")


def _understanding(
    understood: Callable[[str], Any], surface: str, all: Overheard
) -> Callable[[str], Any]:
    """A line that is refused does not count, and it is all the same who carried it here: somebody
    who types, a mention or a button."""

    def understanding(rest: str) -> Any:
        wish = understood(rest)
        all.reached.add(surface)
        return wish

    return understanding


def _reminding(
    keep: Callable[[Workspace, Message], None], all: Overheard
) -> Callable[[Workspace, Message], None]:
    def keeping(workspace: Workspace, message: Message) -> None:
        keep(workspace, message)
        all.reached.update(f"reminder {one.value}" for one in _reminders(message))

    return keeping


def _reminders(message: Message) -> Iterator[Reminder]:
    """Each can be put off; the button says which it is."""
    for block in message.blocks:
        for element in block.get("elements", []):
            if str(element.get("action_id", "")).startswith(PUT_OFF):
                yield pressed(element["value"])[1]


def _named(about: Any) -> str:
    if isinstance(about, re.Pattern):
        return re.sub(r"\\(.)", r"\1", about.pattern.removeprefix("^").removesuffix(ENDING))
    return about["subtype"] if isinstance(about, dict) else str(about)
