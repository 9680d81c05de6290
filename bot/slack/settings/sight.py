"""What the pages of the settings are made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.incident_settings import settings_of
from bot.slack.gesture import Memory, Person
from bot.slack.kit import Kit
from bot.slack.outages import Outage, outages_of
from core.domain.custom_field import CustomField
from core.domain.ids import ServiceId, UserId
from core.domain.incident_role import IncidentRole, standard_roles
from core.domain.incident_settings import IncidentSettings
from core.domain.service import Service
from core.ports import RecordQuery

MOST = 100
"""Roles and fields that are shown."""

ABOUT = "about"
"""Under this name a form remembers which severity, service or role it is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """`announcement` is the installation's channel; `members` are the people known in Slack, by
    their ids here; `notice` says how the last step went, `memory` how it was opened."""

    settings: IncidentSettings
    announcement: str
    services: Sequence[Service] = ()
    members: Mapping[UserId, str] = field(default_factory=dict)
    roles: Sequence[IncidentRole] = ()
    fields: Sequence[CustomField] = ()
    notice: str = ""
    memory: Memory = field(default_factory=Memory)
    outages: Sequence[Outage] = ()

    def service(self, id: str) -> Service | None:
        return next((one for one in self.services if one.id == id), None)

    def role(self, id: str) -> IncidentRole | None:
        return next((one for one in self.roles if one.id == id), None)

    def custom_field(self, id: str) -> CustomField | None:
        return next((one for one in self.fields if one.id == id), None)

    def seen(self, ids: Sequence[UserId]) -> tuple[str, ...]:
        """Those of them who can be shown in Slack."""
        return tuple(self.members[id] for id in ids if id in self.members)

    def service_names(self) -> Mapping[ServiceId, str]:
        return {one.id: one.name for one in self.services}


async def sight_of(kit: Kit, person: Person, memory: Memory) -> Sight:
    organization, reads = person.caller.organization_id, kit.reads
    everything = RecordQuery(limit=MOST)
    settings = await settings_of(reads, organization)
    own = await reads.records(organization, IncidentRole, everything)
    fields = await reads.records(organization, CustomField, everything)
    team = person.gesture.workspace.team_id
    users = await reads.users(organization)
    return Sight(
        settings=settings,
        announcement=kit.announcement_channel,
        services=await reads.services(organization),
        members={
            user.id: user.slack_user_id
            for user in users
            if user.slack_user_id and user.slack_team_id == team and not user.gone
        },
        roles=(*standard_roles(settings.created_at), *reversed(own.rows)),
        fields=tuple(reversed(fields.rows)),
        memory=memory,
        outages=await outages_of(kit.postings, reads, organization),
    )
