"""Whoever was given a role hears in person, once for each incident, what it asks of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial

from bot.incident_settings import settings_of
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import in_person
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.roles.known import roles_of
from bot.slack.views.role_notice import role_notice
from core.domain.events import IncidentAssigned, IncidentDeclared, RoleGiven
from core.domain.incident_role import LEAD, IncidentRole
from core.domain.state import OVER
from core.effects import TellRole
from core.ports import ReadModels
from core.views import IncidentCard, Person, TimelineEntry


class RoleTellings:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def tell(self, effect: TellRole, errand: IncidentErrand) -> None:
        """What changed hands again meanwhile, or is over, is nobody's any more."""
        incident = errand.card.incident
        if incident.deleted_at or incident.state in OVER:
            return
        entry = await self._reads.entry(errand.organization_id, effect.entry_id)
        told = addressed(entry, errand.card)
        roles = await self._roles(errand)
        await one_by_one(
            partial(self._tell, errand, roles[role_id], person, entry)
            for role_id, person in told
            if role_id in roles
        )

    async def _roles(self, errand: IncidentErrand) -> Mapping[str, IncidentRole]:
        """By their ids, with the instructions that the organisation gives."""
        settings = await settings_of(self._reads, errand.organization_id)
        return {
            role.id: replace(role, instructions=settings.instructions(role))
            for role in await roles_of(self._reads, errand.organization_id)
        }

    async def _tell(
        self, errand: IncidentErrand, role: IncidentRole, person: Person, entry: TimelineEntry
    ) -> None:
        mark = f"role:{role.id}:{person.id}"
        if await self._poster.standing(errand, mark):
            return
        if spot := await in_person(errand, person):
            giver = "" if entry.event.by.user_id == person.id else entry.event.by.name
            message = role_notice(errand.card.incident, role, giver)
            await self._poster.once(errand, mark, spot, message)


def addressed(entry: TimelineEntry, card: IncidentCard) -> Sequence[tuple[str, Person]]:
    """Roles by their ids, and who was given them by that and plays them still."""
    lead = [(LEAD, card.assignee)] if card.assignee else []
    players = [(one.role_id, one.person) for one in card.players]
    match entry.event:
        case IncidentDeclared():
            return [*lead, *players]
        case IncidentAssigned(assignee_id=id):
            return [one for one in lead if one[1].id == id]
        case RoleGiven(role_id=role_id, user_id=id):
            return [one for one in players if one[0] == role_id and one[1].id == id]
        case _:
            return []
