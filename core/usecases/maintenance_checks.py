"""What every use case on maintenance asks first: that it was not changed meanwhile, and that
whatever is spoken of is there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from core import commands as c
from core.domain.account import UserState
from core.domain.actor import Actor
from core.domain.ids import UserId
from core.domain.maintenance import Maintenance
from core.domain.maintenance_times import require_start, require_window
from core.errors import Conflict, InvalidInput, NotFound
from core.flaws import Flaws
from core.language import say
from core.ports import UnitOfWork
from core.usecases.incident_checks import admitted, require_services

START, END = "scheduled_start_at", "scheduled_end_at"


async def load(command: c.MaintenanceCommand, uow: UnitOfWork) -> Maintenance:
    maintenance = await uow.maintenances.get(command.maintenance_id)
    if command.expected_version not in (None, maintenance.version):
        raise Conflict(
            say(
                "{reference} was changed since you read it; read it again.",
                reference=maintenance.reference,
            )
        )
    return maintenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Checks:
    """Of one wish: `by` somebody, `at` a time, noted in `flaws`."""

    by: Actor
    at: datetime
    uow: UnitOfWork
    flaws: Flaws

    async def names(self, words: dict[str, Any], before: Maintenance | None) -> None:
        """The services and people that are spoken of exist. Those it has already may be gone; of
        what is past it is told who did it, also where they have left since."""
        services = set(words.get("service_ids", ())) - set(before.service_ids if before else ())
        await self.flaws.awaited(require_services(services, self.uow), None)
        known = {*before.notify_user_ids, before.owner_id} if before else set()
        end = words.get(END, before and before.scheduled_end_at)
        past = end is not None and end <= self.at
        for field, ids in _people(words).items():
            new = [one for one in ids if one not in known]
            await self.flaws.awaited(_require_people(new, field, self.uow, past), None)

    def times(self, words: dict[str, Any], before: Maintenance | None, recurring: bool) -> None:
        """The times that it would have, where one of them is new."""
        start = words.get(START, before and before.scheduled_start_at)
        end = words.get(END, before and before.scheduled_end_at)
        if start is None or end is None:
            return
        moved = before is None or start != before.scheduled_start_at
        ends_otherwise = before is None or end != before.scheduled_end_at
        if moved or ends_otherwise:
            field = END if ends_otherwise else START
            self._noted(partial(require_window, start, end, self.uow.policy, field=field))
        if (moved or ends_otherwise) and before and before.armed_at and end <= self.at:
            message = say("That end has passed already; choose a later one.")
            self.flaws.note(InvalidInput(message, field=END))
        elif moved or (before and before.armed_at is None and end > self.at):
            # A record of the past comes to life only as any other window is planned.
            zone = words.get("timezone") or (before.timezone if before else "UTC")
            start_is_ahead = partial(require_start, start, end, by=self.by, at=self.at)
            self._noted(partial(start_is_ahead, recurring=recurring, timezone=zone))

    def _noted(self, check: Callable[[], None]) -> None:
        self.flaws.checked(check, None)


def _people(words: dict[str, Any]) -> dict[str, tuple[UserId, ...]]:
    owner = words.get("owner_id")
    return {
        "notify_user_ids": words.get("notify_user_ids", ()),
        "owner_id": (owner,) if owner else (),
    }


async def _require_people(ids: Iterable[UserId], field: str, uow: UnitOfWork, past: bool) -> None:
    for id in ids:
        try:
            user = await uow.users.get(id)
        except NotFound:
            user = None
        if user is None or user.state is UserState.DELETED:
            raise InvalidInput(
                say("There is no user {id}; list them with GET /api/v1/users.", id=id), field=field
            )
        if not past:
            admitted(user, field)
