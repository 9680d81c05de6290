"""Which of two things that Slack tells of a message happened later, in whatever order they come."""

from collections import OrderedDict
from typing import TypeAlias

MOST = 2_000
"""So many are remembered; what Slack tells once more comes within the hour."""

About: TypeAlias = tuple[str, str, str]
"""A channel, the `ts` of a message in it, and what is told of it."""


class Latest:
    """In this process: another one that hears of the rest keeps what it hears first."""

    def __init__(self) -> None:
        self._at: OrderedDict[About, float] = OrderedDict()

    def note(self, about: About, at: float) -> None:
        self._at[about] = max(at, self._at.get(about, at))
        self._at.move_to_end(about)
        if len(self._at) > MOST:
            self._at.popitem(last=False)

    def is_after(self, about: About, at: float) -> bool:
        """Whether this was told already, and happened later than `at`."""
        return self._at.get(about, at) > at
