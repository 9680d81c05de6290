"""What whoever resolves an incident leaves to be done afterwards."""

from datetime import datetime

from core.commands import AddFollowUp, ResolveIncident
from core.errors import InvalidInput
from core.language import say
from core.ports import UnitOfWork
from core.usecases import follow_ups

MOST_AT_ONCE = 50


async def leave_undone(command: ResolveIncident, uow: UnitOfWork, now: datetime) -> None:
    """Each title becomes a follow-up; those that say nothing are passed over."""
    titles = tuple(dict.fromkeys(one.strip() for one in command.follow_ups if one.strip()))
    if len(titles) > MOST_AT_ONCE:
        raise InvalidInput(
            say("At most {most} tasks can be added at once.", most=MOST_AT_ONCE),
            field="follow_ups",
        )
    for title in titles:
        wish = AddFollowUp(caller=command.caller, incident_id=command.incident_id, title=title)
        try:
            await follow_ups.add(wish, uow, now)
        except InvalidInput as flaw:
            raise flaw.renamed({"title": "follow_ups"}) from flaw
