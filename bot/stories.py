"""All that is known of one incident, read from where its parts are kept."""

from collections.abc import Collection
from dataclasses import replace

from bot.chronicles import chronicle_for_all
from bot.incident_settings import settings_of
from core.domain.events import Event, RecordEvent
from core.domain.follow_up import FollowUp
from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.likeness import Verdict
from core.domain.postmortem import Postmortem
from core.domain.postmortem_draft import Alike, Story
from core.domain.viewer import NOBODY
from core.ports import ReadModels, RecordQuery
from core.views import LikenessRow

MOST_TASKS = 500
MOST_ALIKE = 3


async def story_of(reads: ReadModels, organization_id: OrganizationId, id: IncidentId) -> Story:
    """`reads` are those of whoever asks. Of other incidents only what everybody may know is told:
    others read what is made of it."""
    card = await reads.card(organization_id, id)
    users = await reads.users(organization_id, deleted_too=True)
    rows = await reads.likenesses(organization_id, id)
    beside = [*card.incident.related, *_merged(card.incident), *(row.id for row in rows)]
    hidden = await reads.seen_by(NOBODY).hidden_among(organization_id, beside)
    return Story(
        incident=_apart(card.incident, hidden),
        people={user.id: user.name for user in users},
        lead=card.assignee.name if card.assignee else "",
        players=[(one.role, one.person.name) for one in card.players],
        services=[*card.services.values()],
        own_fields=card.own_fields,
        lines=await chronicle_for_all(reads, organization_id, card.incident),
        tasks=await tasks_of(reads, organization_id, id),
        alike=_alike([row for row in rows if row.id not in hidden]),
        timezone=(await settings_of(reads, organization_id)).timezone,
    )


async def story_for_draft(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> Story:
    """The same without what was done about the postmortem itself."""
    story = await story_of(reads, organization_id, id)
    entries = await reads.timeline(organization_id, id)
    own = {one.id for one in entries if _of_postmortem(one.event)}
    return replace(story, lines=[line for line in story.lines if line.id not in own])


def _of_postmortem(event: Event) -> bool:
    return isinstance(event, RecordEvent) and event.noun == Postmortem.NOUN


async def postmortem_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> Postmortem | None:
    page = await reads.records(organization_id, Postmortem, RecordQuery(parent_id=id, limit=1))
    return page.rows[0] if page.rows else None


async def tasks_of(
    reads: ReadModels, organization_id: OrganizationId, id: IncidentId
) -> list[FollowUp]:
    """Oldest first."""
    query = RecordQuery(parent_id=id, limit=MOST_TASKS)
    return [*(await reads.records(organization_id, FollowUp, query)).rows][::-1]


def _merged(incident: Incident) -> list[IncidentId]:
    return [incident.merged_into] if incident.merged_into else []


def _apart(incident: Incident, hidden: Collection[str]) -> Incident:
    """Without those beside it that not everybody may know of."""
    return replace(
        incident,
        related=tuple(id for id in incident.related if id not in hidden),
        merged_into=None if incident.merged_into in hidden else incident.merged_into,
    )


def _alike(rows: list[LikenessRow]) -> list[Alike]:
    """The past incidents among what looks like it, but for those that people said are none."""
    return [
        Alike(reference=row.reference, title=row.title, resolution=row.resolution)
        for row in rows
        if row.reference and row.verdict is not Verdict.NOT_RELATED
    ][:MOST_ALIKE]
