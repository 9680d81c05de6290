"""Forms about incidents that were sent: declare, update, resolve."""

import re
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.blocks import Choice, View, option
from bot.slack.declaring import Draft, declare
from bot.slack.desk import Desk
from bot.slack.forms import LINKS
from bot.slack.gesture import Person, Reply, reply, unpacked
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.own_fields import options_like
from bot.slack.subjects import incident_meant
from bot.slack.tasks.lines import TaskLines
from bot.slack.views import declare_modal, own_fields, resolve_modal, update_modal
from bot.slack.views.declare_modal import PRIVATE, TEST, Declared
from bot.slack.wishes import Somebody
from core.domain.ids import ServiceId, UserId
from core.domain.state import phase_named
from core.errors import InvalidInput, NotFound, NotPermitted
from core.flaws import Flaws

MOST_SUGGESTIONS = 100
OWN_FIELDS = re.compile(rf"^{re.escape(own_fields.PLACE)}")


class ModalListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._tasks = TaskLines(desk.kit)

    def register(self, app: AsyncApp) -> None:
        forms = {
            declare_modal.CALLBACK: self._declare_once,
            declare_modal.ANYWAY: self._declare,
            update_modal.CALLBACK: self._update,
            resolve_modal.CALLBACK: self._resolve,
        }
        Submissions(self._desk).register(app, forms)
        app.options(declare_modal.SERVICES)(self.services)
        app.options(OWN_FIELDS)(self.field_options)

    async def _declare_once(self, person: Person, view: Sent) -> Reply | View:
        """What may be the same and goes on is shown first; declaring it anyway asks no more."""
        given = declare_modal.declared(view["state"]["values"])
        draft = await self._draft(person, given, view)
        rows = await self._desk.seeking.going_on(person, f"{given.title}\n{given.description}")
        if not rows:
            return await declare(self._desk.bus, person, draft)
        offered = await self._desk.forms.offered(person)
        memory = view.get("private_metadata", "")
        return declare_modal.duplicates_modal(offered, memory, given, rows)

    async def _declare(self, person: Person, view: Sent) -> Reply:
        given = declare_modal.declared(view["state"]["values"])
        return await declare(self._desk.bus, person, await self._draft(person, given, view))

    async def _draft(self, person: Person, given: Declared, view: Sent) -> Draft:
        """What is wrong with the organisation's own fields is told at each of them."""
        flaws, offered = Flaws(), await self._desk.forms.offered(person)
        fields = own_fields.checked(offered.fields, given.entries, flaws)
        nobody: UserId | None = None
        assignee = await flaws.awaited(self._assignee(person, given.assignee), nobody)
        flaws.refuse()
        links = unpacked(view.get("private_metadata", "")).shown.get(LINKS, "")
        return Draft(
            title=given.title,
            severity=given.severity,
            description=given.description,
            service_ids=tuple(ServiceId(id) for id in given.service_ids),
            assignee_id=assignee,
            private=PRIVATE in given.kinds,
            test=TEST in given.kinds,
            fields=fields,
            links=tuple(links.splitlines()),
        )

    async def _assignee(self, person: Person, slack_user_id: str) -> UserId | None:
        if not slack_user_id:
            return None
        who = Somebody(slack_user_id=slack_user_id)
        try:
            return await self._desk.assignees.taker(person, who)
        except (InvalidInput, NotFound, NotPermitted) as refusal:
            raise InvalidInput(str(refusal), field=declare_modal.ASSIGNEE) from refusal

    async def _update(self, person: Person, view: Sent) -> Reply:
        """A phase that was left as it was shown stays what others made of it meanwhile; of what
        ended meanwhile nothing is told."""
        given = update_modal.updated(view["state"]["values"])
        shown = unpacked(view.get("private_metadata", "")).shown.get(update_modal.PHASE)
        phase = phase_named(given.phase) if given.phase not in ("", shown) else None
        active = shown is not None and shown != update_modal.ENDED
        id = await self._desk.targets.named(person, incident_meant(view))
        next_at = given.next_at(self._desk.kit.clock())
        outcome = await self._desk.acts.update(person, id, given.text, phase, next_at, active)
        return reply(outcome.sentence)

    async def _resolve(self, person: Person, view: Sent) -> Reply:
        given = resolve_modal.resolved(view["state"]["values"])
        id = await self._desk.targets.named(person, incident_meant(view))
        left = await self._tasks.left(person, given.follow_ups)
        outcome = await self._desk.acts.resolve(person, id, given.summary, given.root_cause, left)
        return reply(outcome.sentence)

    async def services(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is offered while somebody types the name of a service."""
        workspace = await self._desk.identity.workspace(body)
        services = await self._desk.reads.services(workspace.organization_id)
        typed = str(body.get("value") or "").casefold()
        fitting = [service for service in services if typed in service.name.casefold()]
        await _offer(ack, declare_modal.service_choices(fitting[:MOST_SUGGESTIONS]))

    async def field_options(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The same for a field of the organisation's own that has many options."""
        workspace = await self._desk.identity.workspace(body)
        field_id = str(body.get("action_id") or "").removeprefix(own_fields.PLACE)
        typed, organization_id = str(body.get("value") or ""), workspace.organization_id
        found = await options_like(self._desk.reads, organization_id, field_id, typed)
        await _offer(ack, own_fields.option_choices(found[:MOST_SUGGESTIONS]))


async def _offer(ack: AsyncAck, choices: list[Choice]) -> None:
    await ack(options=[option(choice) for choice in choices])
