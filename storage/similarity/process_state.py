"""What is known of the worker from outside: whether it answers, how it fares, and its pace."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Report: TypeAlias = Callable[[str, Mapping[str, object]], None]
"""Told what happens to the worker: the name of the event, and what belongs to it."""

STARTING_NOTICE = "Search by meaning is starting; until then search compares words."
AWAY_NOTICE = "Search by meaning is restarting; until then search compares words."
CLOSED_NOTICE = "Search by meaning has been stopped."


class Phase(StrEnum):
    STARTING = "starting"
    READY = "ready"
    AWAY = "away"
    REFUSED = "refused"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerState:
    """`generation` counts how often it became ready, `restarts` how often it ended unasked.
    `notice` is empty while nothing is missing; `memory` is in bytes, as last heard."""

    phase: Phase = Phase.STARTING
    generation: int = 0
    restarts: int = 0
    pid: int | None = None
    notice: str = STARTING_NOTICE
    embeds: bool = False
    memory: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """All in seconds. Who has not answered in time is taken for hung, and started anew."""

    urgent: float = 30.0
    bulk: float = 180.0
    opening: float = 180.0
    heartbeat: float = 5.0
    silence: float = 60.0
    closing: float = 5.0
    first_pause: float = 0.5
    longest_pause: float = 60.0
    steady: float = 60.0

    def pause(self, failures: int) -> float:
        """Before the next start, after so many short lives in a row."""
        return min(self.longest_pause, self.first_pause * 2.0 ** min(failures, 16))


def silent(event: str, fields: Mapping[str, object]) -> None:
    """A report that nobody reads."""
