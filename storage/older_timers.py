"""Timers for what came out of a file whose version knew none: what a migration sets in a database.

What is due is looked at when it rings; until the first of them does, whoever wants none has an hour
to say so, and a day before a channel is put away.
"""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, exists, select

from core.domain.follow_up import FollowUp
from core.domain.ids import OrganizationId
from core.domain.reminder_times import SERIOUS, WATCHED
from core.domain.state import State
from core.domain.timer import Timer, TimerKind
from storage.expressions import OneOf
from storage.session import EVERY, Draft
from storage.statements import Statement
from storage.tables import incidents, records
from storage.timers import SqlTimers

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
APART = timedelta(minutes=1)
"""They ring one after the other, so that nothing comes all at once."""

_GOING_ON = Statement(
    select(incidents.c.id, incidents.c.assignee_id)
    .where(
        incidents.c.organization_id == bindparam("organization"),
        OneOf(incidents.c.state, "states"),
        OneOf(incidents.c.mode, "modes"),
        incidents.c.deleted_at.is_(None),
    )
    .order_by(incidents.c.number.desc())
)
_SNOOZED = Statement(
    select(incidents.c.id, incidents.c.snoozed_until).where(
        incidents.c.organization_id == bindparam("organization"),
        OneOf(incidents.c.state, "states"),
        incidents.c.snoozed_until.is_not(None),
        incidents.c.deleted_at.is_(None),
    )
)
_WITH_TASKS = Statement(
    select(incidents.c.id)
    .where(
        incidents.c.organization_id == bindparam("organization"),
        incidents.c.deleted_at.is_(None),
        exists().where(
            records.c.organization_id == incidents.c.organization_id,
            records.c.noun == bindparam("noun"),
            records.c.parent_id == incidents.c.id,
            records.c.deleted_at.is_(None),
        ),
    )
    .order_by(incidents.c.number.desc())
)


async def set_all(draft: Draft, organization_id: OrganizationId, now: datetime) -> None:
    timers = SqlTimers(draft, organization_id)
    snoozed = {"organization": organization_id, "states": [State.SNOOZED]}
    for id, until in await draft.fetch(_SNOOZED, snoozed, ("incidents", EVERY)):
        await timers.set(Timer(kind=TimerKind.SNOOZE, subject_id=id, due_at=until))
    await _of_what_goes_on(draft, organization_id, timers, now + HOUR)
    for place, id in enumerate(await timers.unawaited_channels()):
        due_at = now + DAY + place * APART
        await timers.set(Timer(kind=TimerKind.ARCHIVE, subject_id=id, due_at=due_at))
    tasks = {"organization": organization_id, "noun": FollowUp.NOUN}
    rows = await draft.fetch(_WITH_TASKS, tasks, ("incidents", EVERY), (FollowUp.NOUN, EVERY))
    for place, (id,) in enumerate(rows):
        due_at = now + DAY + place * APART + APART / 2
        await timers.set(Timer(kind=TimerKind.TASKS_LEFT, subject_id=id, due_at=due_at))


async def _of_what_goes_on(
    draft: Draft, organization_id: OrganizationId, timers: SqlTimers, begin: datetime
) -> None:
    values = {
        "organization": organization_id,
        "states": sorted(WATCHED),
        "modes": sorted(SERIOUS),
    }
    rows = await draft.fetch(_GOING_ON, values, ("incidents", EVERY))
    for place, (id, assignee_id) in enumerate(rows):
        first = TimerKind.UPDATE if assignee_id else TimerKind.LEAD
        due_at = begin + place * APART
        await timers.set(Timer(kind=first, subject_id=id, due_at=due_at))
        stale = Timer(kind=TimerKind.STALE, subject_id=id, due_at=due_at + APART / 2)
        await timers.set(stale)
