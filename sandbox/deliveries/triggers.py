"""Trigger ids: each opens one view, within a few seconds."""

import math
from dataclasses import dataclass, replace

from sandbox.errors import SlackError
from sandbox.model.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    id: str
    user: str
    view: str
    issued: float


class Triggers:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._known: dict[str, Trigger] = {}
        self._used: set[str] = set()

    def forget(self) -> None:
        """Let none of those handed out be known any more."""
        self._known.clear()
        self._used.clear()

    def issue(self, user: str, view: str = "") -> str:
        """A trigger for what this user just did, in a view or elsewhere."""
        ids = self._workspace.ids
        name = f"{ids.number()}.{ids.number()}.{ids.hex(32)}"
        now = self._workspace.clock.seconds()
        self._known[name] = Trigger(id=name, user=user, view=view, issued=now)
        return name

    def look_up(self, name: str, lifetime: float) -> Trigger:
        """The trigger, if it can still be exchanged for a view, `lifetime` seconds long."""
        trigger = self._known.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if name in self._used:
            raise SlackError("exchanged_trigger_id")
        if self._workspace.clock.seconds() >= trigger.issued + lifetime:
            raise SlackError("expired_trigger_id")
        return trigger

    def expire(self, name: str) -> None:
        """Let a trigger be too old from now on."""
        if name in self._known:
            self._known[name] = replace(self._known[name], issued=-math.inf)

    def exchange(self, trigger: Trigger) -> None:
        self._used.add(trigger.id)
