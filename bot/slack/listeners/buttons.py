"""Presses: the buttons of incidents' cards, announcements and lists."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias

from slack_bolt.async_app import AsyncApp

from bot.slack import wishes as w
from bot.slack.acts import Outcome
from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.listeners.pressing import Action, Known, Press, Presses, carrying
from bot.slack.views import parts
from bot.slack.views.choices import ASSIGN, incident_of
from bot.slack.views.lists import RUN
from bot.slack.views.offers import MORE, REST, TOGETHER, everything_else
from core.domain.ids import IncidentId

Act: TypeAlias = Callable[[Person, IncidentId], Awaitable[Outcome]]
Open: TypeAlias = Callable[[Gesture, str], Awaitable[None]]


class ButtonListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def register(self, app: AsyncApp) -> None:
        acts, forms = self._desk.acts, self._desk.forms
        presses: dict[Known, Press] = {
            parts.ACKNOWLEDGE: self._acting(acts.acknowledge),
            parts.ASSIGN_ME: self._acting(self._take),
            parts.RESOLVE: self._opening(forms.resolve),
            parts.REOPEN: self._acting(acts.reopen),
            parts.UPDATE: self._opening(forms.update),
            parts.SEVERITY: self._opening(forms.severity),
            MORE: self._more,
            TOGETHER["merge"]: self._wishing(w.Merge),
            TOGETHER["link"]: self._wishing(w.Link),
            ASSIGN: self._assign,
            carrying(RUN): self._run,
        }
        Presses(self._desk).register(app, presses)

    def _acting(self, act: Act) -> Press:
        """In a channel the card says enough; only who was late, or asked in private, hears more."""

        async def press(gesture: Gesture, action: Action) -> Reply | None:
            person = await self._desk.identity.person(gesture)
            outcome = await act(person, await self._desk.targets.named(person, action["value"]))
            told = outcome.late or gesture.ephemeral or gesture.home
            return reply(outcome.sentence) if told else None

        return press

    async def _take(self, person: Person, id: IncidentId) -> Outcome:
        taker = await self._desk.assignees.find(person, w.Somebody(me=True))
        return await self._desk.acts.take(person, id, taker)

    def _opening(self, open: Open) -> Press:
        async def press(gesture: Gesture, action: Action) -> None:
            await open(gesture, action["value"])

        return press

    def _wishing(self, wish: type[w.Merge | w.Link]) -> Press:
        async def press(gesture: Gesture, action: Action) -> Reply | None:
            meant = wish(reference=action["value"], verb=wish.__name__.lower())
            return await self._desk.subcommands.families[wish](gesture, meant)

        return press

    async def _more(self, gesture: Gesture, action: Action) -> Reply | None:
        """What was chosen in the menu is a command line, or asks for all that is not in it."""
        line = str(action["selected_option"]["value"])
        wanted, _, id = line.partition(" ")
        if wanted != REST:
            return await self._desk.subcommands.run(gesture, line)
        person = await self._desk.identity.person(gesture)
        card = await self._desk.acts.card(person, await self._desk.targets.named(person, id))
        return Reply(message=everything_else(card.incident))

    async def _assign(self, gesture: Gesture, action: Action) -> Reply:
        person = await self._desk.identity.person(gesture)
        id = await self._desk.targets.named(person, incident_of(action["block_id"]))
        who = w.Somebody(slack_user_id=action["selected_user"])
        assignee = await self._desk.assignees.taker(person, who)
        outcome = await self._desk.acts.assign(person, id, assignee)
        return reply(outcome.sentence)

    async def _run(self, gesture: Gesture, action: Action) -> Reply | None:
        return await self._desk.subcommands.run(gesture, action["value"])
