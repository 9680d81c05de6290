"""Only a few at once: the relay's other lanes stay free for what people wait for."""

from collections.abc import Iterator
from contextlib import contextmanager

from core.ports import Unreachable

AT_ONCE = 2
LATER = 2.0
"""So many are carried side by side; the others wait so many seconds."""


class Few:
    def __init__(self, most: int = AT_ONCE) -> None:
        self._most = most
        self._at_work = 0

    @contextmanager
    def place(self, why: str) -> Iterator[None]:
        """`Unreachable` for that reason while there is none."""
        if self._at_work >= self._most:
            raise Unreachable(why, retry_after=LATER)
        self._at_work += 1
        try:
            yield
        finally:
            self._at_work -= 1
