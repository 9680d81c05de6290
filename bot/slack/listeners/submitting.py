"""What every sent form has in common: refused at its fields, or carried out and answered for."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.blocks import View
from bot.slack.desk import Desk
from bot.slack.errors import FieldError, checked
from bot.slack.failures import Refused
from bot.slack.gesture import Gesture, Person, Reply, of_submission, reply
from bot.slack.listeners.telling import tell
from bot.slack.views.refilled import refilled
from bot.slack.views.waiting import saying, working
from core.ports import Unreachable

Sent: TypeAlias = Mapping[str, Any]
Submit: TypeAlias = Callable[[Person, Sent], Awaitable[Reply | View]]
"""What to answer, or the form once more, with a question in it."""

LONGEST_ERROR = 2_000


class Submissions:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp, forms: Mapping[str, Submit]) -> None:
        for callback, submit in forms.items():
            app.view(callback)(self._listener(submit))

    def _listener(self, submit: Submit) -> Callable[..., Awaitable[None]]:
        async def sent(ack: AsyncAck, body: dict[str, Any], view: dict[str, Any]) -> None:
            gesture = of_submission(body, await self._desk.identity.workspace(body))
            task = self._desk.running.start(checked(self._carry_out(submit, gesture, view)))
            if not await self._desk.running.in_time(task):
                await ack(response_action="update", view=working(view["title"]["text"]))
                self._desk.running.start(self._tell_in_form(gesture, view, task))
            elif isinstance(failure := task.exception(), FieldError):
                await ack(response_action="errors", errors=errors_at(view, failure))
            elif isinstance(outcome := task.result(), dict):
                await ack(response_action="update", view=outcome)
            else:
                await ack()
                self._desk.running.start(tell(self._desk, gesture, outcome))

        return sent

    async def _carry_out(self, submit: Submit, gesture: Gesture, view: Sent) -> Reply | View:
        return await submit(await self._desk.identity.person(gesture), view)

    async def _tell_in_form(
        self, gesture: Gesture, view: Sent, task: asyncio.Task[Reply | View]
    ) -> None:
        """The form says how it ended, and stays as it was filled in where that was not taken;
        whoever closed it reads it where it was opened."""
        try:
            outcome = await task
            title = view["title"]["text"]
            form = outcome if isinstance(outcome, dict) else saying(title, outcome.sentence)
        except FieldError as failure:
            outcome, form = reply(str(failure)), refilled(view, errors_at(view, failure))
        try:
            await gesture.workspace.gateway.update_view(view["id"], form)
        except (Refused, Unreachable):
            if isinstance(outcome, Reply):
                await tell(self._desk, gesture, outcome)


def errors_at(view: Sent, failure: FieldError) -> dict[str, str]:
    """Each at the field it belongs to; Slack takes only names of input blocks."""
    inputs = [block["block_id"] for block in view["blocks"] if block["type"] == "input"]
    errors: dict[str, str] = {}
    for field, sentence in failure.flaws:
        place = field if field in inputs else inputs[0]
        errors[place] = f"{errors[place]} {sentence}" if place in errors else sentence
    return {place: sentence[:LONGEST_ERROR] for place, sentence in errors.items()}
