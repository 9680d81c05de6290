"""Presses and forms about maintenance."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeAlias

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.slack.acts import Outcome
from bot.slack.blocks import Choice, option
from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Memory, Person, Reply, reply, unpacked
from bot.slack.listeners.pressing import Action, Known, Press, Presses, carrying
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.maintenance.refusals import in_zone
from bot.slack.views import maintenance_filled, maintenance_forms, maintenance_parts
from bot.slack.views.maintenance_lists import RUN
from core.domain.ids import MaintenanceId
from core.domain.time_zone import zones_like
from core.errors import InvalidInput

Act: TypeAlias = Callable[[Person, MaintenanceId, str], Awaitable[Outcome]]
Open: TypeAlias = Callable[[Gesture, str], Awaitable[None]]
MOST_SUGGESTIONS = 100


class MaintenanceListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._windows = desk.windows

    def register(self, app: AsyncApp) -> None:
        acts, forms = self._windows.acts, self._windows.forms
        presses: dict[Known, Press] = {
            maintenance_parts.START: self._acting(acts.start),
            maintenance_parts.COMPLETE: self._acting(acts.complete),
            maintenance_parts.EXTEND: self._opening(forms.extend),
            maintenance_parts.CANCEL: self._opening(forms.cancel),
            maintenance_parts.UPDATE: self._opening(forms.progress),
            maintenance_parts.EDIT: self._opening(forms.edit),
            maintenance_parts.SHOW: self._show,
            carrying(RUN): self._run,
        }
        Presses(self._desk).register(app, presses)
        sent = {
            maintenance_filled.SCHEDULE: self._schedule,
            maintenance_filled.EDIT: self._edit,
            maintenance_forms.EXTEND: self._extend,
            maintenance_forms.CANCEL: self._cancel,
            maintenance_forms.PROGRESS: self._progress,
        }
        Submissions(self._desk).register(app, sent)
        app.options(maintenance_filled.ZONE)(self.zones)

    def _acting(self, act: Act) -> Press:
        """In a channel the card says enough; only who was late, or asked in private, hears more."""

        async def press(gesture: Gesture, action: Action) -> Reply | None:
            person = await self._desk.identity.person(gesture)
            zone = await self._desk.zones.of(gesture)
            outcome = await in_zone(act(person, MaintenanceId(action["value"]), zone), zone)
            told = outcome.late or gesture.ephemeral or gesture.home
            return reply(outcome.sentence) if told else None

        return press

    def _opening(self, open: Open) -> Press:
        async def press(gesture: Gesture, action: Action) -> None:
            await open(gesture, action["value"])

        return press

    async def _show(self, gesture: Gesture, action: Action) -> Reply | None:
        if gesture.home:
            await self._windows.forms.show(gesture, action["value"])
            return None
        return await self._windows.subcommands.show(gesture, action["value"])

    async def _run(self, gesture: Gesture, action: Action) -> Reply | None:
        return await self._windows.subcommands.run(gesture, action["value"])

    async def _schedule(self, person: Person, view: Sent) -> Reply:
        filled = maintenance_filled.filled_in(view["state"]["values"])
        scheduling = self._windows.scheduling
        zone = await self._desk.zones.of(person.gesture)
        try:
            return await in_zone(scheduling.schedule(person, filled, zone), zone)
        except InvalidInput as refusal:
            raise refusal.renamed(maintenance_filled.places(filled)) from refusal

    async def _edit(self, person: Person, view: Sent) -> Reply:
        filled = maintenance_filled.filled_in(view["state"]["values"])
        scheduling = self._windows.scheduling
        zone = await self._desk.zones.of(person.gesture)
        try:
            change = scheduling.change(person, _memory(view), filled, zone)
            return await in_zone(change, zone)
        except InvalidInput as refusal:
            raise refusal.renamed(maintenance_filled.places(filled)) from refusal

    async def _extend(self, person: Person, view: Sent) -> Reply:
        values = view["state"]["values"]
        minutes = maintenance_forms.minutes_longer(values)
        by = timedelta(minutes=minutes) if minutes else None
        until = None if by else maintenance_forms.picked_end(values)
        zone = await self._desk.zones.of(person.gesture)
        longer = self._windows.acts.lengthen(person, _window(view), zone, by, until)
        return reply((await in_zone(longer, zone)).sentence)

    async def _cancel(self, person: Person, view: Sent) -> Reply:
        values, acts = view["state"]["values"], self._windows.acts
        zone = await self._desk.zones.of(person.gesture)
        if maintenance_forms.only_this(values):
            return reply((await acts.skip(person, _window(view), zone)).sentence)
        reason = maintenance_forms.reason(values)
        return reply((await acts.cancel(person, _window(view), zone, reason)).sentence)

    async def _progress(self, person: Person, view: Sent) -> Reply:
        text = maintenance_forms.progress(view["state"]["values"])
        return reply((await self._windows.acts.progress(person, _window(view), text)).sentence)

    async def zones(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """What is offered while somebody types the name of a time zone."""
        names = zones_like(str(body.get("value") or ""), MOST_SUGGESTIONS)
        await ack(options=[option(Choice(label=name, value=name)) for name in names])


def _memory(view: Sent) -> Memory:
    return unpacked(view.get("private_metadata", ""))


def _window(view: Sent) -> MaintenanceId:
    return MaintenanceId(_memory(view).maintenance_id)
