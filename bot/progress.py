"""Shows on standard error how far something long has come: a bar, or a line now and then."""

from collections.abc import Callable
from typing import TextIO

WIDTH = 30
EVERY = 5.0
"""Seconds between two lines where nobody looks at a terminal."""


class ProgressBar:
    """`monotonic` tells the seconds; `what` is what is counted, in the plural."""

    def __init__(self, what: str, monotonic: Callable[[], float], stream: TextIO) -> None:
        self._what = what
        self._monotonic = monotonic
        self._stream = stream
        self._bar = stream.isatty()
        self._began = monotonic()
        self._said_at: float | None = None
        self._drawn = 0

    def show(self, done: int, total: int) -> None:
        now = self._monotonic()
        if self._bar:
            self._draw(f"{bar(done, total)} {self._counted(done, total, now)}")
        elif done == total or self._said_at is None or now - self._said_at >= EVERY:
            self._said_at = now
            self._stream.write(f"{self._counted(done, total, now)}\n")
        self._stream.flush()

    def close(self) -> None:
        """What is written next begins a line of its own."""
        if self._drawn:
            self._stream.write("\n")
            self._stream.flush()

    def _draw(self, line: str) -> None:
        self._stream.write(f"\r{line.ljust(self._drawn)}")
        self._drawn = len(line)

    def _counted(self, done: int, total: int, now: float) -> str:
        counted = f"{done:,} of {total:,} {self._what}"
        left = (now - self._began) / done * (total - done) if done else 0.0
        return f"{counted}, about {span(left)} left" if left >= 1 else counted


def bar(done: int, total: int) -> str:
    full = WIDTH if not total else WIDTH * done // total
    return f"[{'#' * full}{'.' * (WIDTH - full)}]"


def span(seconds: float) -> str:
    """In seconds, minutes or hours, whichever is short."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5_400 else f"{seconds / 3_600:.1f} h"
