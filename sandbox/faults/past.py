"""The workspace as it was a while ago, for answers that lag behind."""

import copy
from typing import Any

from sandbox.model.changes import Change
from sandbox.model.workspace import Workspace

# Older states give way to newer ones, so that a long run does not fill the memory.
MOST_KEPT = 500


class Past:
    """Remembers states from when `begin` is called; before, it costs nothing."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._kept: list[tuple[float, Workspace]] = []
        workspace.listen(self._hear)

    def begin(self) -> None:
        if not self._kept:
            self._keep()

    def forget(self) -> None:
        self._kept.clear()

    def as_of(self, seconds: float) -> Workspace:
        """The workspace of so many seconds ago, or of the earliest moment that is remembered."""
        moment = self._workspace.clock.seconds() - seconds
        known = [state for at, state in self._kept if at <= moment]
        if known:
            return known[-1]
        return self._kept[0][1] if self._kept else self._workspace

    def _hear(self, _change: Change) -> None:
        if self._kept:
            self._keep()

    def _keep(self) -> None:
        self._kept.append((self._workspace.clock.seconds(), _frozen(self._workspace)))
        # The first one stays: it is the answer to everything older.
        del self._kept[1:-MOST_KEPT]


def _frozen(workspace: Workspace) -> Workspace:
    """A copy whose tables no longer change; their rows never do."""
    state = copy.copy(workspace)
    for name, value in vars(workspace).items():
        setattr(state, name, _copied(value))
    return state


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    return list(value) if isinstance(value, list) else value
