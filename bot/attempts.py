"""Commands that are due, carried out side by side: one that fails holds up no other one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Generic, TypeVar

import structlog

from bot.patience import Patience, Resting
from core.commands import Command
from core.errors import Conflict, Unavailable

AT_ONCE = 100
"""So many are carried out together; their changes share commits."""

MOST_CONFLICTS = 5
"""After so many on end nobody believes that somebody else was quicker."""

C = TypeVar("C", bound=Command[Any])

log = structlog.get_logger(__name__)


class Attempts(Generic[C]):
    """`subject` is what a command is about, for the log."""

    def __init__(
        self,
        execute: Callable[[C], Awaitable[Any]],
        monotonic: Callable[[], float],
        subject: Callable[[C], str],
    ) -> None:
        self._execute = execute
        self._subject = subject
        self._resting: Resting[C] = Resting(monotonic)
        self._conflicts: Patience[C] = Patience()

    def limit(self, tried: Iterable[C] = ()) -> int:
        """So many have to be asked for, that some are among them which can be tried now."""
        return AT_ONCE + len(self._resting.present() | set(tried))

    def new_ones(self, commands: Iterable[C], tried: Iterable[C] = ()) -> list[C]:
        """What can be tried now."""
        left_alone = self._resting.present() | set(tried)
        return [one for one in commands if one not in left_alone][:AT_ONCE]

    async def carry_out(self, commands: Iterable[C]) -> None:
        """`Unavailable` when the database was away for one of them; the others have been tried."""
        async with asyncio.TaskGroup() as tasks:
            begun = [tasks.create_task(self._attempt(command)) for command in commands]
        away = next((refusal for one in begun if (refusal := one.result())), None)
        if away:
            raise away

    async def _attempt(self, command: C) -> Unavailable | None:
        """The outermost edge of one command."""
        try:
            await self._execute(command)
        except Unavailable as refusal:
            return refusal
        except Conflict as refusal:
            self._conflicted(command, refusal)
        except Exception:
            log.exception("due_work_left_alone", **self._leave_alone(command))
        else:
            self._conflicts.forget(command)
            self._resting.recovered(command)
        return None

    def _conflicted(self, command: C, refusal: Conflict) -> None:
        """Somebody else was quicker, and the next turn sees what is left; unless it goes on."""
        if self._conflicts.tried_in_vain(command) + 1 >= MOST_CONFLICTS:
            log.error("due_work_conflicts", reason=str(refusal), **self._leave_alone(command))

    def _leave_alone(self, command: C) -> dict[str, object]:
        """For a while; answers what the log is told of it."""
        delay = self._resting.failed(command)
        return {
            "subject": self._subject(command),
            "command": type(command).__name__,
            "seconds": delay.total_seconds(),
        }
