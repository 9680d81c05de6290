"""Opens forms: first an empty one, before Slack's patience ends, then what belongs into it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.incident_settings import settings_of
from bot.slack import blocks as b
from bot.slack.acts import Acts
from bot.slack.declaring import Draft
from bot.slack.errors import shown
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, Memory, NoTrigger, Person
from bot.slack.own_fields import asked_at_first
from bot.slack.subjects import Subjects, memory_of
from bot.slack.targets import Targets
from bot.slack.views.declare_modal import Declared, Offered, declare_modal
from bot.slack.views.resolve_modal import resolve_modal
from bot.slack.views.severities import SEVERITY, severity_modal
from bot.slack.views.severities import TITLE as SEVERITY_TITLE
from bot.slack.views.subject import Subject
from bot.slack.views.update_modal import PHASE, standing, update_modal
from bot.slack.views.waiting import DECLARE_TITLE, RESOLVE_TITLE, UPDATE_TITLE, loading, saying
from core.domain.actor import Permission
from core.domain.severity import Severity, severity_named
from core.domain.state import OVER
from core.errors import IllegalTransition
from core.language import known, say
from core.permissions import require
from core.ports import ReadModels

Fill: TypeAlias = Callable[[Person], Awaitable[b.View]]
Whose: TypeAlias = Callable[[Gesture], Awaitable[Person]]
Drafted: TypeAlias = Callable[[Person], Awaitable[Draft]]

LINKS = "links"
"""What the form remembers them under, which it does not show."""


class Opening:
    """`whose` finds out who somebody is; it may take a while, so the form is open by then."""

    def __init__(self, whose: Whose) -> None:
        self._whose = whose

    async def open(self, gesture: Gesture, title: str, fill: Fill, permission: Permission) -> None:
        """`NoTrigger` for what Slack opens no form for."""
        if not gesture.trigger_id:
            raise NoTrigger
        gateway = gesture.workspace.gateway
        view_id = await gateway.open_view(gesture.trigger_id, loading(title))

        async def filled() -> b.View:
            person = await self._whose(gesture)
            require(person.caller, permission)
            return await fill(person)

        view = await shown(filled(), lambda sentence: saying(title, sentence))
        try:
            await gateway.update_view(view_id, view)
        except Refused as refused:
            if refused.code != "not_found":  # the person closed it before it was ready
                raise


class Forms:
    """Incidents are named by reference or id, or not at all: in a channel of their own that one is
    meant, elsewhere the form asks."""

    def __init__(self, reads: ReadModels, targets: Targets, opening: Opening, acts: Acts) -> None:
        self._reads = reads
        self._subjects = Subjects(reads, targets)
        self._opening = opening
        self._acts = acts

    async def declare(
        self, gesture: Gesture, drafted: Drafted | None = None, severity: str = ""
    ) -> None:
        """`drafted` says what stands in it already, or a `severity` that was typed does."""
        begun = Draft(title="", severity=severity_named(severity) if severity else "")

        async def fill(person: Person) -> b.View:
            draft = await drafted(person) if drafted else begun
            offered = await self.offered(person)
            shown = {LINKS: "\n".join(draft.links)} if draft.links else {}
            memory = Memory(
                response_url=gesture.response_url, home=gesture.home, shown=shown
            ).packed()
            return declare_modal(offered, memory, _begun(draft))

        await self._open(gesture, known(DECLARE_TITLE), fill)

    async def update(self, gesture: Gesture, reference: str = "") -> None:
        async def fill(person: Person) -> b.View:
            subject = await self._subjects.of(person, reference)
            settings = await settings_of(self._reads, person.caller.organization_id)
            shown = {PHASE: standing(subject)}
            return update_modal(subject, settings, memory_of(gesture, subject, shown))

        await self._open(gesture, known(UPDATE_TITLE), fill)

    async def resolve(self, gesture: Gesture, reference: str = "") -> None:
        async def fill(person: Person) -> b.View:
            subject = await self._subjects.of(person, reference)
            await self._require_active(person, subject)
            return resolve_modal(subject, memory_of(gesture, subject))

        await self._open(gesture, known(RESOLVE_TITLE), fill)

    async def severity(self, gesture: Gesture, reference: str = "") -> None:
        async def fill(person: Person) -> b.View:
            subject = await self._subjects.of(person, reference)
            settings = await settings_of(self._reads, person.caller.organization_id)
            shown = {SEVERITY: subject.incident.severity.value} if subject.incident else {}
            return severity_modal(subject, settings, memory_of(gesture, subject, shown))

        await self._open(gesture, say(SEVERITY_TITLE), fill)

    async def offered(self, person: Person) -> Offered:
        """What there is to choose from when an incident is declared."""
        organization_id = person.caller.organization_id
        settings = await settings_of(self._reads, organization_id)
        return Offered(
            services=await self._reads.services(organization_id),
            settings=settings,
            fields=await asked_at_first(self._reads, organization_id, settings),
        )

    async def _open(self, gesture: Gesture, title: str, fill: Fill) -> None:
        await self._opening.open(gesture, title, fill, Permission.WRITE_INCIDENTS)

    async def _require_active(self, person: Person, subject: Subject) -> None:
        if subject.incident and subject.incident.state in OVER:
            raise IllegalTransition(await self._acts.ended(person, subject.incident))


def _begun(draft: Draft) -> Declared:
    return Declared(
        title=draft.title,
        severity=draft.severity or Severity.MEDIUM,
        description=draft.description,
        service_ids=tuple(draft.service_ids),
    )
