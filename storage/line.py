"""Works waiting for their transaction: who comes next, who gives up, who hears what."""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from core.errors import Unavailable
from core.language import to_say
from storage.batching import Carried, Outcome
from storage.failures import BUSY
from storage.session import Work

R = TypeVar("R")

MOST_WAITING = 8_192
PATIENCE = 2.0
"""Seconds a work may wait for its transaction to begin."""

_GLANCE = 0.25
_CLOSING = to_say("Tocsin is shutting down; try again in a moment.")


@dataclass(slots=True, eq=False)
class Job:
    work: Work[Any]
    answer: "asyncio.Future[Any]"
    deadline: float
    started: bool = field(default=False)
    abandoned: bool = field(default=False)


class Line:
    """Filled on the event loop; emptied by one writer, perhaps in a thread of its own.

    A work is either taken or abandoned, never both: after `Unavailable` it does not happen.
    """

    def __init__(self, wake: Callable[[], None], on_effects: Callable[[], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._wake = wake
        self._on_effects = on_effects
        self._waiting: deque[Job] = deque()
        self._unanswered: deque[Job] = deque()
        self._count = 0
        self._lock = Lock()
        self._watched = False
        self._ringing = False
        self._open = True

    async def submit(self, work: Work[R]) -> R:
        """What the work answers, once it is committed."""
        if not self._open:
            raise Unavailable(_CLOSING)
        if self._count >= MOST_WAITING:
            raise Unavailable(BUSY)
        job = Job(work, self._loop.create_future(), self._loop.time() + PATIENCE)
        self._enqueue(job)
        try:
            result: R = await job.answer
        except asyncio.CancelledError:
            self._abandon(job)
            raise
        finally:
            self._count -= 1
        return result

    def take(self, limit: int) -> list[Job]:
        """Those who are next and still there; from now on they will be carried out."""
        with self._lock:
            taken: list[Job] = []
            while self._waiting and len(taken) < limit:
                job = self._waiting.popleft()
                if not job.abandoned:
                    job.started = True
                    taken.append(job)
            return taken

    def anybody(self) -> bool:
        return bool(self._waiting)

    def answer(self, jobs: Sequence[Job], carried: Carried) -> None:
        """On the event loop: tell each caller how it ended."""
        for job, outcome in zip(jobs, carried.outcomes, strict=True):
            if not job.answer.done():
                _tell(job.answer, outcome)
        if carried.effects:
            self._on_effects()

    def answer_from_thread(self, jobs: Sequence[Job], carried: Carried) -> None:
        self._loop.call_soon_threadsafe(self.answer, jobs, carried)

    def close(self) -> None:
        """Nobody joins any more, and who has not been taken never will be."""
        self._open = False
        for job in [*self._unanswered]:
            self._give_up(job, _CLOSING)

    def _enqueue(self, job: Job) -> None:
        self._count += 1
        self._waiting.append(job)
        self._unanswered.append(job)
        if not self._watched:
            self._watched = True
            self._loop.call_later(_GLANCE, self._watch)
        if not self._ringing:
            self._ringing = True
            self._loop.call_soon(self._ring)

    def _ring(self) -> None:
        """Once everybody has joined who was about to: they share a commit."""
        self._ringing = False
        self._wake()

    def _watch(self) -> None:
        """One glance at intervals for all who wait, cheaper than an alarm clock for each."""
        now = self._loop.time()
        while self._unanswered and self._finished(self._unanswered[0], now):
            self._unanswered.popleft()
        self._watched = bool(self._unanswered)
        if self._watched:
            self._loop.call_later(_GLANCE, self._watch)

    def _finished(self, job: Job, now: float) -> bool:
        if not job.answer.done() and not job.started and job.deadline <= now:
            self._give_up(job, BUSY)
        return job.started or job.answer.done()

    def _give_up(self, job: Job, reason: str) -> None:
        if self._abandon(job) and not job.answer.done():
            job.answer.set_exception(Unavailable(reason))

    def _abandon(self, job: Job) -> bool:
        with self._lock:
            job.abandoned = not job.started
            return job.abandoned


def _tell(answer: "asyncio.Future[Any]", outcome: Outcome) -> None:
    if outcome.error is None:
        answer.set_result(outcome.value)
    else:
        answer.set_exception(outcome.error)
