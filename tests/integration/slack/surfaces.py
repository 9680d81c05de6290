"""Everything that people reach in Slack, as the door registers it with Bolt."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp

from bot.slack import slash
from bot.slack.maintenance import slash as maintenance_slash
from core.domain.reminder import Reminder

KINDS = ("action", "view", "command", "options", "global_shortcut", "message_shortcut", "event")
ENDING = r"(\.\w+)?$"
"""Of patterns for buttons that are told apart by an ending."""


def recorded(patch: pytest.MonkeyPatch) -> set[str]:
    """Fills itself as the next door registers what it hears."""
    surfaces: set[str] = set()
    for kind in KINDS:
        patch.setattr(AsyncApp, kind, _recording(kind, surfaces))
    return surfaces


def typed_and_reminded() -> set[str]:
    verbs = {f"/incident {verb}" for verb in slash.VERBS}
    windows = {f"/maintenance {verb}" for verb in maintenance_slash.VERBS}
    return verbs | windows | {f"reminder {one.value}" for one in Reminder}


def _recording(kind: str, surfaces: set[str]) -> Callable[..., Any]:
    register = getattr(AsyncApp, kind)

    def recording(app: AsyncApp, about: Any, *more: Any, **kwargs: Any) -> Any:
        surfaces.add(f"{kind} {_named(about)}")
        return register(app, about, *more, **kwargs)

    return recording


def _named(about: Any) -> str:
    if isinstance(about, re.Pattern):
        return re.sub(r"\\(.)", r"\1", about.pattern.removeprefix("^").removesuffix(ENDING))
    return about["subtype"] if isinstance(about, dict) else str(about)
