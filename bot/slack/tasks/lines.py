"""Tasks written one to a line, as the form that resolves an incident takes them."""

from collections.abc import Iterable
from datetime import datetime

from bot.slack.gesture import Person
from bot.slack.grammar import UsageError
from bot.slack.kit import Kit
from bot.slack.slash_tasks import task_parts
from bot.slack.tasks.due import due_of
from bot.slack.views.resolve_modal import FOLLOW_UPS
from bot.slack.wishes import Somebody
from core.commands import LeftUndone
from core.domain.ids import UserId
from core.errors import InvalidInput, NotFound, NotPermitted
from core.flaws import Flaws
from core.language import say


class TaskLines:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def left(self, person: Person, lines: Iterable[str]) -> tuple[LeftUndone, ...]:
        """`InvalidInput` with everything that is wrong, each with the line it is about."""
        flaws, zone = Flaws(), await self._kit.zones.of(person.gesture)
        nothing: LeftUndone | None = None
        found = [await flaws.awaited(self._read(person, one, zone), nothing) for one in lines]
        flaws.refuse()
        return tuple(one for one in found if one)

    async def _read(self, person: Person, line: str, zone: str) -> LeftUndone:
        try:
            return await self._task(person, line, zone)
        except (InvalidInput, NotFound, NotPermitted, UsageError) as refusal:
            raise InvalidInput(
                say("“{line}”: {reason}", line=line[:80], reason=str(refusal)), field=FOLLOW_UPS
            ) from refusal

    async def _task(self, person: Person, line: str, zone: str) -> LeftUndone:
        title, who, due = task_parts(line)
        if not title:
            raise InvalidInput(say("Say what is to be done."), field=FOLLOW_UPS)
        return LeftUndone(
            title=title, assignee_id=await self._who(person, who), due_at=self._due(due, zone)
        )

    async def _who(self, person: Person, who: Somebody | None) -> UserId | None:
        return await self._kit.assignees.taker(person, who) if who else None

    def _due(self, typed: str, zone: str) -> datetime | None:
        return due_of(typed, self._kit.clock(), zone) if typed else None
