"""Where works go to be written, whichever database it is."""

from typing import Protocol, TypeVar

from storage.session import Work

R = TypeVar("R")


class Writer(Protocol):
    async def submit(self, work: Work[R]) -> R:
        """What the work answers, once it is committed; `Unavailable` if it never began."""

    async def close(self) -> None: ...
