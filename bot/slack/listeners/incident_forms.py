"""Forms about one incident that were sent: roles, details, services, severity, why it ends."""

from slack_bolt.async_app import AsyncApp

from bot.incident_settings import settings_of
from bot.slack.desk import Desk
from bot.slack.gesture import Person, Reply, reply, unpacked
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.own_fields import asked_later
from bot.slack.roles.changes import wanted
from bot.slack.subjects import incident_meant
from bot.slack.views import cancel_modal, edit_modal, own_fields, roles_modal, severities
from bot.slack.views.edit_modal import Details, details_of
from bot.slack.wishes import Somebody
from core.commands import EditIncident
from core.commands.roles import ChangeServices, GiveRoles, RoleGift
from core.domain.ids import IncidentId, ServiceId, UserId
from core.errors import InvalidInput, NotFound, NotPermitted
from core.flaws import Flaws
from core.language import say


class IncidentFormListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kit = desk.kit

    def register(self, app: AsyncApp) -> None:
        forms = {
            roles_modal.CALLBACK: self._roles,
            edit_modal.CALLBACK: self._edit,
            edit_modal.SERVICES_CALLBACK: self._services,
            severities.CALLBACK: self._severity,
            cancel_modal.CALLBACK: self._cancel,
        }
        Submissions(self._desk).register(app, forms)

    async def _roles(self, person: Person, view: Sent) -> Reply:
        """Only those that were changed in the form: others may have been meanwhile."""
        id = await self._id(person, view)
        shown = unpacked(view.get("private_metadata", "")).shown
        cast = roles_modal.cast(view["state"]["values"], shown)
        changed = {role: member for role, member in cast.items() if member != shown[role]}
        if not changed:
            return reply(say("No role has changed hands."))
        command = GiveRoles(
            caller=person.caller,
            key=person.gesture.key,
            incident_id=id,
            gifts=await self._gifts(person, changed),
        )
        incident = await self._kit.bus.execute(command)
        return reply(say("The roles of {reference} are given.", reference=incident.reference))

    async def _gifts(self, person: Person, changed: dict[str, str]) -> tuple[RoleGift, ...]:
        """Everybody who cannot be given theirs is told of at that role."""
        flaws, gifts = Flaws(), []
        for role_id, member in changed.items():
            nobody: UserId | None = None
            found = await flaws.awaited(self._player(person, role_id, member), nobody)
            gifts.append(RoleGift(role_id=role_id, user_id=found))
        flaws.refuse()
        return tuple(gifts)

    async def _player(self, person: Person, role_id: str, member: str) -> UserId | None:
        if not member:
            return None
        try:
            return await self._kit.assignees.taker(person, Somebody(slack_user_id=member))
        except (InvalidInput, NotFound, NotPermitted) as refusal:
            raise InvalidInput(str(refusal), field=role_id) from refusal

    async def _edit(self, person: Person, view: Sent) -> Reply:
        """Only what was changed in the form: alerts and people go on while it is open."""
        id = await self._id(person, view)
        filled = edit_modal.edited(view["state"]["values"])
        card = await self._kit.acts.card(person, id)
        await self._check(person, filled)
        shown = unpacked(view.get("private_metadata", "")).shown
        changes = wanted(filled, details_of(card.incident), shown)
        reference = card.incident.reference
        if not changes:
            return reply(say("Nothing of {reference} was changed.", reference=reference))
        await self._kit.bus.execute(
            EditIncident(caller=person.caller, key=person.gesture.key, incident_id=id, **changes)
        )
        return reply(say("{reference} is changed.", reference=reference))

    async def _check(self, person: Person, filled: Details) -> None:
        """What the organisation's own fields allow."""
        if not filled.entries:
            return
        organization_id, flaws = person.caller.organization_id, Flaws()
        settings = await settings_of(self._kit.reads, organization_id)
        fields = await asked_later(self._kit.reads, organization_id, settings)
        own_fields.checked(own_fields.among(fields, filled.entries), filled.entries, flaws)
        flaws.refuse()

    async def _services(self, person: Person, view: Sent) -> Reply:
        id = await self._id(person, view)
        shown = unpacked(view.get("private_metadata", "")).shown.get("services", "").split()
        chosen = edit_modal.chosen_services(view["state"]["values"])
        command = ChangeServices(
            caller=person.caller,
            key=person.gesture.key,
            incident_id=id,
            add=tuple(ServiceId(one) for one in chosen if one not in shown),
            remove=tuple(ServiceId(one) for one in shown if one not in chosen),
        )
        incident = await self._kit.bus.execute(command)
        return reply(say("The services of {reference} are changed.", reference=incident.reference))

    async def _severity(self, person: Person, view: Sent) -> Reply:
        """What was left as it was shown stays what others made of it meanwhile."""
        level = severities.rated(view["state"]["values"])
        id = await self._id(person, view)
        if level == unpacked(view.get("private_metadata", "")).shown.get(severities.SEVERITY):
            return reply((await self._kit.acts.severity(person, id)).sentence)
        outcome = await self._kit.acts.change_severity(person, id, level)
        return reply(outcome.sentence)

    async def _cancel(self, person: Person, view: Sent) -> Reply:
        reason = cancel_modal.reason_given(view["state"]["values"])
        outcome = await self._kit.acts.cancel(person, await self._id(person, view), reason)
        return reply(outcome.sentence)

    async def _id(self, person: Person, view: Sent) -> IncidentId:
        return await self._kit.targets.named(person, incident_meant(view))
