"""Forms that were sent: declare, update, resolve."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.blocks import View, option
from bot.slack.declaring import Draft, declare
from bot.slack.desk import Desk
from bot.slack.errors import FieldError, checked, sentence_of
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, Person, Reply, of_submission, reply, unpacked
from bot.slack.views import declare_modal, resolve_modal, update_modal
from bot.slack.views.subject import chosen_incident
from bot.slack.views.waiting import saying, working
from bot.slack.wishes import Somebody
from core.domain.ids import IncidentId, ServiceId, UserId
from core.domain.state import phase_named
from core.errors import InvalidInput
from core.ports import Unreachable

Sent: TypeAlias = Mapping[str, Any]
Submit: TypeAlias = Callable[[Person, Sent], Awaitable[Reply]]
MOST_SUGGESTIONS = 100


class ModalListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        forms: dict[str, Submit] = {
            declare_modal.CALLBACK: self._declare,
            update_modal.CALLBACK: self._update,
            resolve_modal.CALLBACK: self._resolve,
        }
        for callback, submit in forms.items():
            app.view(callback)(self._listener(submit))
        app.options(declare_modal.SERVICES)(self.services)

    def _listener(self, submit: Submit) -> Callable[..., Awaitable[None]]:
        async def sent(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
            gesture = of_submission(body, await self._desk.identity.workspace(body))
            task = self._desk.running.start(checked(self._carry_out(submit, gesture, view)))
            if not await self._desk.running.in_time(task):
                await ack(response_action="update", view=working(view["title"]["text"]))
                self._desk.running.start(self._tell_in_form(gesture, view, task))
            elif isinstance(failure := task.exception(), FieldError):
                await ack(response_action="errors", errors=_errors(view, failure))
            else:
                await ack()
                self._desk.running.start(self._tell(gesture, task.result()))

        return sent

    async def _carry_out(self, submit: Submit, gesture: Gesture, view: Sent) -> Reply:
        return await submit(await self._desk.identity.person(gesture), view)

    async def _tell(self, gesture: Gesture, answer: Reply | None) -> None:
        if answer:
            await self._desk.responder.send(gesture.response_url, answer)

    async def _tell_in_form(
        self, gesture: Gesture, view: Sent, task: asyncio.Task[Reply | None]
    ) -> None:
        """The form says how it ended; whoever closed it reads it in the channel."""
        try:
            answer = await task or reply("Done.")
        except FieldError as failure:
            answer = reply(sentence_of(failure))
        ended: View = saying(view["title"]["text"], answer.message.blocks[0]["text"]["text"])
        try:
            await gesture.workspace.gateway.update_view(view["id"], ended)
        except (Refused, Unreachable):
            await self._tell(gesture, answer)

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
        summary = resolve_modal.resolved(view["state"]["values"])
        id = await self._desk.targets.named(person, _incident(view))
        outcome = await self._desk.acts.resolve(person, id, summary)
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


def _errors(view: Sent, failure: FieldError) -> dict[str, str]:
    """At the field it belongs to; Slack takes only names of input blocks."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    place = failure.field if failure.field in inputs else inputs[0]
    return {place: str(failure)[:2_000]}
