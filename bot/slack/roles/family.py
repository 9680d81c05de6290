"""What is done about one incident with words of its own: roles, details, rests, ends, services."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from bot.slack import wishes as w
from bot.slack.acts import Outcome
from bot.slack.families import Answer, Families
from bot.slack.gesture import Gesture, Person, Reply
from bot.slack.kit import Kit
from bot.slack.maintenance.times import when
from bot.slack.roles.forms import IncidentForms
from bot.slack.roles.known import is_a_role, role_named, role_typed, roles_of
from bot.slack.roles.named import service_named
from bot.slack.roles.rests import until
from bot.slack.views.choices import which_span
from core.commands.roles import ChangeServices, GiveRole
from core.domain.ids import IncidentId, UserId
from core.language import known, say

Open: TypeAlias = Callable[[Gesture, w.About], Awaitable[None]]
NOBODY = "nobody"


def answers(kit: Kit) -> Families:
    family = RoleFamily(kit, IncidentForms(kit))
    return {
        w.Role: family.role,
        w.Edit: family.opening(lambda gesture, wish: family.forms.edit(gesture, wish.reference)),
        w.Cancel: family.cancel,
        w.ChangeServices: family.services,
        w.Snooze: kit.meant.acting(family.snooze),
    }


class RoleFamily:
    def __init__(self, kit: Kit, forms: IncidentForms) -> None:
        self.forms = forms
        self._kit = kit
        self._give = kit.meant.acting(self._gave)
        self._change = kit.meant.acting(self._changed)
        self._end = kit.meant.acting(self._canceled)

    async def role(self, gesture: Gesture, wish: w.Role) -> Reply | None:
        """Without a person the form is the answer; who it is may be part of the role's words."""
        if wish.who is not None or await self._names_somebody(gesture, wish.role):
            return await self._give(gesture, wish)
        opening = self.opening(
            lambda gesture, _: self.forms.roles(gesture, wish.reference, wish.role)
        )
        return await opening(gesture, wish)

    async def cancel(self, gesture: Gesture, wish: w.Cancel) -> Reply | None:
        if wish.text:
            return await self._end(gesture, wish)
        await self.forms.cancel(gesture, wish.reference)
        return None

    async def services(self, gesture: Gesture, wish: w.ChangeServices) -> Reply | None:
        if wish.service:
            return await self._change(gesture, wish)
        opening = self.opening(lambda gesture, _: self.forms.services(gesture, wish.reference))
        return await opening(gesture, wish)

    async def snooze(self, person: Person, id: IncidentId, wish: w.Snooze) -> Outcome | Reply:
        if not wish.span:
            card = await self._kit.acts.card(person, id)
            return Reply(message=which_span(card.incident.reference))
        zone = await self._kit.zones.of(person.gesture)
        at = until(wish.span, zone, self._kit.clock())
        return await self._kit.acts.snooze(person, id, at, when(at, zone))

    def opening(self, open: Open) -> Answer:
        """Slack waits least for forms, so that is begun before anybody is asked who they are; where
        no incident can be meant, those that go on are shown instead."""

        async def answer(gesture: Gesture, wish: w.About) -> Reply | None:
            if wish.reference or await self._kit.targets.implied(gesture):
                await open(gesture, wish)
                return None
            return await self._kit.meant.asking(gesture, wish)

        return answer

    async def _names_somebody(self, gesture: Gesture, typed: str) -> bool:
        """Whether more was typed than a role."""
        if " " not in typed.strip():
            return False
        roles = await roles_of(self._kit.reads, gesture.workspace.organization_id)
        return not is_a_role(typed, roles)

    async def _gave(self, person: Person, id: IncidentId, wish: w.Role) -> Outcome | Reply:
        roles = await roles_of(self._kit.reads, person.caller.organization_id)
        if wish.who is None:
            role, who = role_typed(wish.role, roles)
        else:
            role, who = role_named(wish.role, roles), wish.who
        user_id = None if who.name.casefold() == NOBODY else await self._user(person, who)
        incident = await self._kit.bus.execute(
            GiveRole(
                caller=person.caller,
                key=person.gesture.key,
                incident_id=id,
                role_id=role.id,
                user_id=user_id,
            )
        )
        values = {"role": known(role.name), "reference": incident.reference}
        if user_id is None:
            return Outcome(sentence=say("{role} of {reference} is nobody now.", **values))
        if user_id == person.caller.actor.user_id:
            return Outcome(sentence=say("You are {role} of {reference} now.", **values))
        name = await self._name(person, user_id)
        return Outcome(sentence=say("{who} is {role} of {reference} now.", who=name, **values))

    async def _user(self, person: Person, who: w.Somebody) -> UserId:
        return await self._kit.assignees.taker(person, who)

    async def _name(self, person: Person, id: UserId) -> str:
        users = await self._kit.reads.users(person.caller.organization_id)
        return next((user.name for user in users if user.id == id), say("Somebody else"))

    async def _canceled(self, person: Person, id: IncidentId, wish: w.Cancel) -> Outcome:
        return await self._kit.acts.cancel(person, id, wish.text)

    async def _changed(self, person: Person, id: IncidentId, wish: w.ChangeServices) -> Outcome:
        card = await self._kit.acts.card(person, id)
        services = await self._kit.reads.services(person.caller.organization_id)
        own = [service for service in services if service.id in card.services]
        service = service_named(wish.service, own if wish.remove and own else services)
        command = ChangeServices(
            caller=person.caller,
            key=person.gesture.key,
            incident_id=id,
            add=() if wish.remove else (service.id,),
            remove=(service.id,) if wish.remove else (),
        )
        incident = await self._kit.bus.execute(command)
        values = {"reference": incident.reference, "service": service.name}
        if wish.remove:
            return Outcome(
                sentence=say("{reference} does not affect {service} any more.", **values)
            )
        return Outcome(sentence=say("{reference} affects {service}.", **values))
