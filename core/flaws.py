"""Everything that is wrong with a request, told at once rather than one by one."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from core.errors import InvalidInput

T = TypeVar("T")


class Flaws:
    def __init__(self) -> None:
        self._found: list[tuple[str, str]] = []

    def note(self, flaw: InvalidInput) -> None:
        self._found += flaw.flaws

    def checked(self, check: Callable[[], T], otherwise: T) -> T:
        """What `check` answers; `otherwise` where it refuses, which is noted."""
        try:
            return check()
        except InvalidInput as flaw:
            self.note(flaw)
            return otherwise

    async def awaited(self, check: Awaitable[T], otherwise: T) -> T:
        try:
            return await check
        except InvalidInput as flaw:
            self.note(flaw)
            return otherwise

    def refuse(self) -> None:
        """`InvalidInput` with everything that was noted, if anything was."""
        if self._found:
            (field, message), *others = self._found
            raise InvalidInput(message, field=field, others=others)
