"""The tasks of an incident, and of one person, with whoever they are given to."""

from collections.abc import Iterable, Mapping

from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, OrganizationId, UserId
from core.domain.task_list import Task, numbered, soonest_first
from core.ports import ReadModels, RecordQuery
from core.views import Person

MOST_OF_ONE = 200
"""So many tasks of one incident are known to Slack; nobody reads more in a list."""

MOST_LOOKED_AT = 500
"""So many of the newest tasks of the organisation are looked through for one person's own."""


async def tasks_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[Task]:
    query = RecordQuery(parent_id=id, limit=MOST_OF_ONE)
    return numbered((await reads.records(organization_id, FollowUp, query)).rows)


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
