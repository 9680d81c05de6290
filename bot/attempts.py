"""Commands that are due, carried out side by side: one that fails holds up no other one."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, Generic, TypeVar

import structlog

from bot.patience import Resting
from core.commands import Command
from core.errors import Conflict, Unavailable

AT_ONCE = 100
"""So many are carried out together; their changes share commits."""

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
        except Conflict:
            return None  # somebody else was quicker, and the next turn sees what is left
        except Exception:
            delay = self._resting.failed(command)
            log.exception(
                "due_work_left_alone",
                subject=self._subject(command),
                command=type(command).__name__,
                seconds=delay.total_seconds(),
            )
        else:
            self._resting.recovered(command)
        return None
