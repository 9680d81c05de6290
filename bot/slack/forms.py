"""Opens forms: first an empty one, before Slack's patience ends, then what belongs into it."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.slack import blocks as b
from bot.slack.errors import shown
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, Memory, Person
from bot.slack.targets import Targets
from bot.slack.views.declare_modal import declare_modal
from bot.slack.views.resolve_modal import resolve_modal
from bot.slack.views.subject import Subject
from bot.slack.views.update_modal import update_modal
from bot.slack.views.waiting import DECLARE_TITLE, RESOLVE_TITLE, UPDATE_TITLE, loading, saying
from core.domain.actor import Permission
from core.domain.state import OVER
from core.errors import IllegalTransition, NotFound
from core.permissions import require
from core.ports import ReadModels

Fill: TypeAlias = Callable[[Person], Awaitable[b.View]]
Whose: TypeAlias = Callable[[Gesture], Awaitable[Person]]


class Opening:
    """`whose` finds out who somebody is; it may take a while, so the form is open by then."""

    def __init__(self, whose: Whose) -> None:
        self._whose = whose

    async def open(self, gesture: Gesture, title: str, fill: Fill, permission: Permission) -> None:
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
    def __init__(self, reads: ReadModels, targets: Targets, opening: Opening) -> None:
        self._reads = reads
        self._targets = targets
        self._opening = opening

    async def declare(self, gesture: Gesture) -> None:
        async def fill(person: Person) -> b.View:
            services = await self._reads.services(person.caller.organization_id)
            memory = Memory(response_url=gesture.response_url, home=gesture.home)
            return declare_modal(services, memory.packed())

        await self._open(gesture, DECLARE_TITLE, fill)

    async def update(self, gesture: Gesture, reference: str = "") -> None:
        """`reference` may also be an id."""

        async def fill(person: Person) -> b.View:
            subject = await self._subject(person, reference)
            return update_modal(subject, _memory(gesture, subject))

        await self._open(gesture, UPDATE_TITLE, fill)

    async def resolve(self, gesture: Gesture, reference: str = "") -> None:
        async def fill(person: Person) -> b.View:
            subject = await self._subject(person, reference)
            if subject.incident and subject.incident.state in OVER:
                raise IllegalTransition(
                    f"{subject.incident.reference} is {subject.incident.state} already."
                )
            return resolve_modal(subject, _memory(gesture, subject))

        await self._open(gesture, RESOLVE_TITLE, fill)

    async def _open(self, gesture: Gesture, title: str, fill: Fill) -> None:
        await self._opening.open(gesture, title, fill, Permission.WRITE_INCIDENTS)

    async def _subject(self, person: Person, reference: str) -> Subject:
        id = await self._targets.find(person, reference)
        if id is not None:
            card = await self._reads.card(person.caller.organization_id, id)
            return Subject(incident=card.incident)
        page = await self._targets.candidates(person)
        if not page.rows:
            raise NotFound("There is no active incident. “/incident” declares one.")
        return Subject(candidates=page.rows)


def _memory(gesture: Gesture, subject: Subject) -> str:
    id = subject.incident.id if subject.incident else ""
    memory = Memory(incident_id=id, response_url=gesture.response_url, home=gesture.home)
    return memory.packed()
