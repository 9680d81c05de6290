"""Opens the forms about one incident that is there: roles, details, services, and why it ends."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot.incident_settings import settings_of
from bot.slack import blocks as b
from bot.slack.gesture import Gesture, Person
from bot.slack.kit import Kit
from bot.slack.own_fields import asked_later
from bot.slack.roles.changes import seals_of
from bot.slack.roles.known import role_named, roles_of
from bot.slack.subjects import NOTHING, Subjects, memory_of
from bot.slack.views import cancel_modal, edit_modal, roles_modal
from bot.slack.views.edit_modal import details_of
from bot.slack.views.roles_modal import MOST_ROLES, Part
from bot.slack.views.subject import Subject
from core.domain.actor import Permission
from core.domain.incident_role import IncidentRole
from core.domain.state import OVER
from core.errors import IllegalTransition, InvalidInput
from core.language import say
from core.views import IncidentCard
from core.views import Person as Shown

FillCard: TypeAlias = Callable[[Person, IncidentCard], Awaitable[b.View]]


class IncidentForms:
    """Incidents are named by reference or id; in a channel of its own one is meant without."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._subjects = Subjects(kit.reads, kit.targets)

    async def roles(self, gesture: Gesture, reference: str, role: str = "") -> None:
        """All of them, or only that `role`."""

        async def fill(person: Person, card: IncidentCard) -> b.View:
            known = await roles_of(self._kit.reads, person.caller.organization_id)
            shown = [role_named(role, known)] if role else known[:MOST_ROLES]
            parts = [_part(one, card) for one in shown]
            remembered = {part.role.id: part.member for part in parts}
            memory = memory_of(gesture, Subject(incident=card.incident), remembered)
            return roles_modal.roles_modal(card.incident, parts, memory)

        await self._open(gesture, say(roles_modal.TITLE), reference, fill)

    async def edit(self, gesture: Gesture, reference: str) -> None:
        async def fill(person: Person, card: IncidentCard) -> b.View:
            organization_id, reads = person.caller.organization_id, self._kit.reads
            settings = await settings_of(reads, organization_id)
            fields = await asked_later(reads, organization_id, settings)
            services = await reads.services(organization_id)
            memory = memory_of(gesture, Subject(incident=card.incident), _sealed(card))
            return edit_modal.edit_modal(card.incident, services, fields, memory)

        await self._open(gesture, say(edit_modal.EDIT_TITLE), reference, fill)

    async def services(self, gesture: Gesture, reference: str) -> None:
        async def fill(person: Person, card: IncidentCard) -> b.View:
            services = await self._kit.reads.services(person.caller.organization_id)
            if not services:
                raise InvalidInput(
                    say(
                        "There are no services yet; an admin adds them with “tocsin services add”."
                    ),
                    field="service_ids",
                )
            shown = {"services": " ".join(card.incident.service_ids)}
            memory = memory_of(gesture, Subject(incident=card.incident), shown)
            return edit_modal.services_modal(card.incident, services, memory)

        await self._open(gesture, say(edit_modal.SERVICES_TITLE), reference, fill)

    async def cancel(self, gesture: Gesture, reference: str) -> None:
        async def fill(person: Person) -> b.View:
            subject = await self._subjects.of(person, reference)
            if subject.incident and subject.incident.state in OVER:
                raise IllegalTransition(await self._kit.acts.ended(person, subject.incident))
            return cancel_modal.cancel_modal(subject, memory_of(gesture, subject))

        title, writing = say(cancel_modal.TITLE), Permission.WRITE_INCIDENTS
        await self._kit.opening.open(gesture, title, fill, writing)

    async def _open(self, gesture: Gesture, title: str, reference: str, fill: FillCard) -> None:
        async def filled(person: Person) -> b.View:
            card = await self._subjects.card(person, reference)
            if card is None:
                raise InvalidInput(
                    say("Name the incident, like INC-7, or type this in its channel."),
                    field="incident_id",
                )
            return await fill(person, card)

        await self._kit.opening.open(gesture, title, filled, Permission.WRITE_INCIDENTS)


def _part(role: IncidentRole, card: IncidentCard) -> Part:
    holder = _holder(role, card)
    if holder is None:
        return Part(role=role)
    return Part(role=role, member=holder.slack_user_id or "", name=holder.name)


def _holder(role: IncidentRole, card: IncidentCard) -> Shown | None:
    """Of several, which other programs may have given it to, the first."""
    if role.leads:
        return card.assignee
    return next((one.person for one in card.players if one.role_id == role.id), None)


def _sealed(card: IncidentCard) -> Mapping[str, str]:
    return seals_of(details_of(card.incident)) or NOTHING
