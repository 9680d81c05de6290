"""Lists of incidents: what goes on, one's own, past ones too, those of a service."""

from dataclasses import dataclass

from bot.slack.gesture import Person, Reply, reply
from bot.slack.places import named_by
from bot.slack.roles.known import taking_part
from bot.slack.roles.named import service_named
from bot.slack.targets import SHOWN, Targets
from bot.slack.views.lists import incident_list, which_service, which_severity
from bot.slack.wishes import ListIncidents, Which
from core.domain.actor import Permission
from core.domain.service import Service
from core.domain.state import ACTIVE
from core.errors import NotPermitted
from core.language import say, say_many
from core.permissions import require
from core.ports import ReadModels
from core.views import Condition, IncidentPage, IncidentQuery

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
            conditions=await self._theirs(person) if wish.mine else (),
            match_any=wish.mine,
            service_id=service.id if service else None,
            limit=LISTED,
            after=named_by(wish.after) if wish.after else None,
        )
        page = await self.targets.listed(person, query)
        if not page.rows:
            return reply(_nothing(wish, service))
        heading = _heading(page, wish, service)
        return Reply(message=incident_list(page, heading, _typed(wish, service), wish.after))

    async def which(self, person: Person, wish: Which) -> Reply:
        """Every service or severity, with a button that types its name."""
        require(person.caller, Permission.READ_INCIDENTS)
        if wish.severity:
            return Reply(message=which_severity(wish.before, wish.after))
        services = await self.reads.services(person.caller.organization_id)
        if not services:
            service_named("", services)  # it says who adds them
        return Reply(message=which_service(services, wish.before, wish.after))

    async def _theirs(self, person: Person) -> tuple[Condition, ...]:
        reader = person.caller.actor.user_id
        if reader is None:
            raise NotPermitted(say("Only people have incidents of their own."))
        return await taking_part(self.reads, person.caller.organization_id, reader)

    async def _service(self, person: Person, name: str) -> Service | None:
        if not name:
            return None
        return service_named(name, await self.reads.services(person.caller.organization_id))


def _typed(wish: ListIncidents, service: Service | None) -> str:
    """What asks for the same from the newest on."""
    scopes = [*(["mine"] if wish.mine else []), *(["all"] if wish.everything else [])]
    named = ["service", f"“{service.name}”"] if service else []
    return " ".join(["list", *scopes, *named])


def _nothing(wish: ListIncidents, service: Service | None) -> str:
    if wish.after:
        return say("This list has no older incidents any more.")
    if service:
        return _nothing_of(service.name, wish)
    if wish.mine and wish.everything:
        return say("There is no incident you lead or have a role in. “/incident” declares one.")
    if wish.mine:
        return say(
            "No incident that you lead or have a role in is active; “/incident list mine all” "
            "shows past ones."
        )
    if wish.everything:
        return say("There is no incident yet. “/incident” declares one.")
    return say(
        "No incident is active; “/incident list all” shows past ones, “/incident” declares one."
    )


def _nothing_of(service: str, wish: ListIncidents) -> str:
    if wish.mine:
        return say(
            "There is no incident of {service} that you lead or have a role in.", service=service
        )
    if wish.everything:
        return say(
            "There is no incident of {service} yet. “/incident” declares one.", service=service
        )
    return say(
        "No incident of {service} is active; “/incident list all service {service}” shows past "
        "ones.",
        service=service,
    )


def _heading(page: IncidentPage, wish: ListIncidents, service: Service | None) -> str:
    told = _counted(page, wish)
    if service:
        return say("{told} Only those of {service}.", told=told, service=service.name)
    return told


def _counted(page: IncidentPage, wish: ListIncidents) -> str:
    if wish.everything and wish.after:
        return say_many("{count} older incident.", "{count} older incidents.", page.total)
    if wish.everything and page.more:
        return say_many("The {count} newest incident.", "The {count} newest incidents.", page.total)
    if wish.everything and wish.mine:
        return say_many(
            "{count} incident of yours, newest first.",
            "{count} incidents of yours, newest first.",
            page.total,
        )
    if wish.everything:
        return say_many(
            "{count} incident, newest first.", "{count} incidents, newest first.", page.total
        )
    if wish.mine:
        return say_many(
            "{count} active incident of yours, newest first.",
            "{count} active incidents of yours, newest first.",
            page.total,
        )
    return say_many(
        "{count} active incident, newest first.",
        "{count} active incidents, newest first.",
        page.total,
    )
