"""Wakes somebody who is made only after whoever rings."""

from collections.abc import Callable


class Bell:
    """Silent until somebody listens; a ring before that is made up for by their first look."""

    def __init__(self) -> None:
        self._listener: Callable[[], None] | None = None

    def heard_by(self, listener: Callable[[], None]) -> None:
        self._listener = listener

    def ring(self) -> None:
        if self._listener:
            self._listener()
