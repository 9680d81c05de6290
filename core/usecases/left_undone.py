"""What whoever resolves an incident leaves to be done afterwards."""

from collections.abc import Iterable
from datetime import datetime

from core.commands import AddFollowUp, LeftUndone, ResolveIncident
from core.errors import InvalidInput
from core.language import say
from core.ports import UnitOfWork
from core.usecases import follow_ups

MOST_AT_ONCE = 50
_THEIRS = dict.fromkeys(("title", "assignee_id", "due_at"), "follow_ups")
"""What is wrong with any of them is wrong with the field of all of them."""


async def leave_undone(command: ResolveIncident, uow: UnitOfWork, now: datetime) -> None:
    """Each becomes a follow-up; those that say nothing are passed over."""
    left = _each_once(command.follow_ups)
    if len(left) > MOST_AT_ONCE:
        raise InvalidInput(
            say("At most {most} tasks can be added at once.", most=MOST_AT_ONCE),
            field="follow_ups",
        )
    for one in left:
        wish = AddFollowUp(
            caller=command.caller,
            incident_id=command.incident_id,
            title=one.title,
            assignee_id=one.assignee_id,
            due_at=one.due_at,
        )
        try:
            await follow_ups.add(wish, uow, now)
        except InvalidInput as flaw:
            raise flaw.renamed(_THEIRS) from flaw


def _each_once(left: Iterable[LeftUndone]) -> list[LeftUndone]:
    found: dict[str, LeftUndone] = {}
    for one in left:
        if one.title.strip():
            found.setdefault(one.title.strip(), one)
    return list(found.values())
