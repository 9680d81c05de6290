"""Presses: the buttons of incidents' cards, announcements and lists."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_bolt.async_app import AsyncApp

from bot.slack.acts import Outcome
from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.listeners.pressing import Action, Known, Press, Presses, carrying
from bot.slack.views import parts
from bot.slack.views.choices import ASSIGN, incident_of
from bot.slack.views.lists import RUN
from bot.slack.wishes import Somebody
from core.domain.ids import IncidentId

Act: TypeAlias = Callable[[Person, IncidentId], Awaitable[Outcome]]


class ButtonListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        acts = self._desk.acts
        presses: dict[Known, Press] = {
            parts.ACKNOWLEDGE: self._acting(acts.acknowledge),
            parts.ASSIGN_ME: self._acting(self._take),
            parts.RESOLVE: self._acting(acts.resolve),
            parts.REOPEN: self._acting(acts.reopen),
            parts.UPDATE: self._update,
            ASSIGN: self._assign,
            carrying(RUN): self._run,
        }
        Presses(self._desk).register(app, presses)

    def _acting(self, act: Act) -> Press:
        """In a channel the card says enough; only who was late, or asked in private, hears more."""

        async def press(gesture: Gesture, action: Action) -> Reply | None:
            person = await self._desk.identity.person(gesture)
            outcome = await act(person, await self._desk.targets.named(person, action["value"]))
            return reply(outcome.sentence) if outcome.late or gesture.ephemeral else None

        return press

    async def _take(self, person: Person, id: IncidentId) -> Outcome:
        taker = await self._desk.assignees.find(person, Somebody(me=True))
        return await self._desk.acts.take(person, id, taker)

    async def _update(self, gesture: Gesture, action: Action) -> None:
        await self._desk.forms.update(gesture, action["value"])

    async def _assign(self, gesture: Gesture, action: Action) -> Reply:
        person = await self._desk.identity.person(gesture)
        id = await self._desk.targets.named(person, incident_of(action["block_id"]))
        who = Somebody(slack_user_id=action["selected_user"])
        assignee = await self._desk.assignees.find(person, who)
        outcome = await self._desk.acts.assign(person, id, assignee)
        return reply(outcome.sentence)

    async def _run(self, gesture: Gesture, action: Action) -> Reply | None:
        return await self._desk.subcommands.run(gesture, action["value"])
