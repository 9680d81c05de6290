"""Forms about incidents that were sent: declare, update, resolve."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.blocks import View, option
from bot.slack.declaring import Draft, declare
from bot.slack.desk import Desk
from bot.slack.gesture import Person, Reply, reply, unpacked
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.views import declare_modal, resolve_modal, update_modal
from bot.slack.views.subject import chosen_incident
from bot.slack.wishes import Somebody
from core.domain.ids import IncidentId, ServiceId, UserId
from core.domain.state import phase_named
from core.errors import InvalidInput

MOST_SUGGESTIONS = 100


class ModalListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        forms = {
            declare_modal.CALLBACK: self._declare_once,
            declare_modal.ANYWAY: self._declare,
            update_modal.CALLBACK: self._update,
            resolve_modal.CALLBACK: self._resolve,
        }
        Submissions(self._desk).register(app, forms)
        app.options(declare_modal.SERVICES)(self.services)

    async def _declare_once(self, person: Person, view: Sent) -> Reply | View:
        """What may be the same and goes on is shown first; declaring it anyway asks no more."""
        values = view["state"]["values"]
        given = declare_modal.declared(values)
        text = f"{given['title']}\n{given['description']}"
        rows = await self._desk.seeking.going_on(person, text)
        if not rows:
            return await self._declare(person, view)
        services = await self._desk.reads.services(person.caller.organization_id)
        memory = view.get("private_metadata", "")
        return declare_modal.duplicates_modal(services, memory, values, rows)

    async def _declare(self, person: Person, view: Sent) -> Reply:
        given = declare_modal.declared(view["state"]["values"])
        draft = Draft(
            title=given["title"],
            severity=given["severity"],
            description=given["description"],
            service_ids=tuple(ServiceId(id) for id in given["service_ids"]),
            assignee_id=await self._assignee(person, given["assignee"]),
        )
        return await declare(self._desk.bus, person, draft)

    async def _assignee(self, person: Person, slack_user_id: str) -> UserId | None:
        if not slack_user_id:
            return None
        return await self._desk.assignees.find(person, Somebody(slack_user_id=slack_user_id))

    async def _update(self, person: Person, view: Sent) -> Reply:
        given = update_modal.updated(view["state"]["values"])
        phase = phase_named(given["phase"]) if given["phase"] else None
        id = await self._desk.targets.named(person, _incident(view))
        outcome = await self._desk.acts.update(person, id, given["text"], phase)
        return reply(outcome.sentence)

    async def _resolve(self, person: Person, view: Sent) -> Reply:
        given = resolve_modal.resolved(view["state"]["values"])
        id = await self._desk.targets.named(person, _incident(view))
        outcome = await self._desk.acts.resolve(person, id, given["summary"], given["root_cause"])
        return reply(outcome.sentence)

    async def services(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is offered while somebody types the name of a service."""
        workspace = await self._desk.identity.workspace(body)
        services = await self._desk.reads.services(workspace.organization_id)
        typed = str(body.get("value") or "").casefold()
        fitting = [service for service in services if typed in service.name.casefold()]
        choices = declare_modal.service_choices(fitting[:MOST_SUGGESTIONS])
        await ack(options=[option(choice) for choice in choices])


def _incident(view: Sent) -> IncidentId:
    """Chosen in the form, or what the form was opened for."""
    kept = unpacked(view.get("private_metadata", "")).incident_id
    id = chosen_incident(view["state"]["values"]) or kept
    if not id:
        raise InvalidInput("Choose the incident this is about.", field="incident_id")
    return IncidentId(id)
