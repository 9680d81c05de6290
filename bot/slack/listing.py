"""Lists of incidents: what goes on, one's own, past ones too, those of a service."""

from dataclasses import dataclass

from bot.slack.gesture import Person, Reply, reply
from bot.slack.roles.named import service_named
from bot.slack.targets import SHOWN, Targets
from bot.slack.views.lists import incident_list
from bot.slack.wishes import ListIncidents
from core.domain.actor import Permission
from core.domain.service import Service
from core.domain.state import ACTIVE
from core.language import say, say_many
from core.permissions import require
from core.ports import ReadModels
from core.views import IncidentPage, IncidentQuery

LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    reads: ReadModels
    targets: Targets

    async def answer(self, person: Person, wish: ListIncidents) -> Reply:
        require(person.caller, Permission.READ_INCIDENTS)
        service = await self._service(person, wish.service)
        query = IncidentQuery(
            states=SHOWN if wish.everything else ACTIVE,
            assignee_id=person.caller.actor.user_id if wish.mine else None,
            service_id=service.id if service else None,
            limit=LISTED,
        )
        page = await self.targets.listed(person, query)
        if not page.rows:
            return reply(_nothing(wish, service))
        return Reply(message=incident_list(page, _heading(page, wish, service)))

    async def _service(self, person: Person, name: str) -> Service | None:
        if not name:
            return None
        return service_named(name, await self.reads.services(person.caller.organization_id))


def _nothing(wish: ListIncidents, service: Service | None) -> str:
    if service and wish.mine:
        return say(
            "There is no incident of {service} that you are assigned to.", service=service.name
        )
    if service:
        return say(
            "There is no incident of {service} to show. “/incident” declares one.",
            service=service.name,
        )
    if wish.mine:
        return say("There is no incident you are assigned to. “/incident” declares one.")
    return say("There is no incident to show. “/incident” declares one.")


def _heading(page: IncidentPage, wish: ListIncidents, service: Service | None) -> str:
    told = _counted(page, wish)
    if service:
        return say("{told} Only those of {service}.", told=told, service=service.name)
    return told


def _counted(page: IncidentPage, wish: ListIncidents) -> str:
    if wish.everything and page.more:
        return say_many("The {count} newest incident.", "The {count} newest incidents.", page.total)
    if wish.everything and wish.mine:
        return say_many(
            "{count} incident assigned to you, newest first.",
            "{count} incidents assigned to you, newest first.",
            page.total,
        )
    if wish.everything:
        return say_many(
            "{count} incident, newest first.", "{count} incidents, newest first.", page.total
        )
    if wish.mine:
        return say_many(
            "{count} active incident assigned to you, newest first.",
            "{count} active incidents assigned to you, newest first.",
            page.total,
        )
    return say_many(
        "{count} active incident, newest first.",
        "{count} active incidents, newest first.",
        page.total,
    )
