"""The tasks of an incident, and of one person, with whoever they are given to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, OrganizationId, UserId
from core.domain.task_list import Task, numbered, soonest_first
from core.ports import ReadModels, RecordQuery
from core.views import Person

MOST_OF_ONE = 200
"""So many tasks of one incident are known to Slack; nobody reads more in a list."""

FEW = 8
"""What somebody wrote down a moment ago is among so many of the newest."""

MOST_LOOKED_AT = 500
"""So many of the newest tasks of the organisation are looked through for one person's own."""


async def tasks_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[Task]:
    query = RecordQuery(parent_id=id, limit=MOST_OF_ONE)
    page = await reads.records(organization_id, FollowUp, query)
    return numbered(page.rows, first=page.total - len(page.rows) + 1 if page.more else 1)


async def number_of(reads: ReadModels, organization_id: OrganizationId, task: FollowUp) -> int:
    """What people call a task that was written down lately; those before it are only counted."""
    query, newer = RecordQuery(parent_id=task.incident_id, limit=FEW), 0
    place = (task.created_at, task.id)
    while True:
        page = await reads.records(organization_id, FollowUp, query)
        passed = [one for one in page.rows if (one.created_at, one.id) > place]
        newer += len(passed)
        there = any(one.id == task.id for one in page.rows)
        if len(passed) < len(page.rows) or not page.more:
            return page.total - newer + (not there)
        last = page.rows[-1]
        query = replace(query, after=(last.created_at, last.id))


async def open_tasks_of(
    reads: ReadModels, organization_id: OrganizationId, user_id: UserId
) -> list[FollowUp]:
    """What one person still has to do, what is due first first."""
    query = RecordQuery(limit=MOST_LOOKED_AT)
    rows = (await reads.records(organization_id, FollowUp, query)).rows
    return soonest_first([one for one in rows if one.outstanding and one.assignee_id == user_id])


async def owners_of(
    reads: ReadModels, organization_id: OrganizationId, tasks: Iterable[Task]
) -> Mapping[UserId, Person]:
    """Whoever the tasks are given to."""
    wanted = {one.what.assignee_id for one in tasks} - {None}
    users = await reads.users(organization_id) if wanted else []
    return {
        user.id: Person(
            id=user.id, name=user.name, email=user.email, slack_user_id=user.slack_user_id
        )
        for user in users
        if user.id in wanted
    }
