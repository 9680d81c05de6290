"""Everything that went over the wire, with milliseconds, and what the referee found wrong."""

from collections.abc import Callable
from typing import Any, Literal

from sandbox.clock import Clock
from sandbox.json_types import Json

Kind = Literal["delivery", "ack", "api_call", "finding", "notice"]

# A demo left running for days must not fill the memory.
MOST_ENTRIES = 50_000


class Journal:
    """Numbered entries, oldest first; listeners hear each one as it is written.

    `last` is the number of the newest entry, also when it was cleared away.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._entries: list[Json] = []
        self._findings: list[Json] = []
        self.last = 0
        self._listeners: list[Callable[[Json], None]] = []

    def listen(self, listener: Callable[[Json], None]) -> None:
        self._listeners.append(listener)

    def write(self, kind: Kind, **fields: Any) -> Json:
        self.last += 1
        entry: Json = {
            "n": self.last,
            "at": self._clock.now().isoformat(timespec="milliseconds"),
            "kind": kind,
            **fields,
        }
        self._entries.append(entry)
        del self._entries[:-MOST_ENTRIES]
        for listener in self._listeners:
            listener(entry)
        return entry

    def finding(self, code: str, message: str, **fields: Any) -> Json:
        """Something a referee would whistle at; `message` is a sentence for the app's author."""
        entry = self.write("finding", code=code, message=message, **fields)
        self._findings.append(entry)
        del self._findings[:-MOST_ENTRIES]
        return entry

    def after(self, number: int) -> list[Json]:
        return [entry for entry in self._entries if entry["n"] > number]

    def findings(self, after: int = 0) -> list[Json]:
        """Every finding there ever was, also those that were cleared away since."""
        return [entry for entry in self._findings if entry["n"] > after]

    def clear(self) -> None:
        """Begin a new list; what was found stays in the verdict."""
        self._entries.clear()
