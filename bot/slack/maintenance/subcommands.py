"""Carries out what was wished with “/maintenance”, typed or carried by a button."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from bot.slack.acts import Outcome
from bot.slack.forms import Whose
from bot.slack.gesture import Gesture, Person, Reply, reply
from bot.slack.grammar import Either
from bot.slack.maintenance import wishes as w
from bot.slack.maintenance.acts import Longer, WindowActs
from bot.slack.maintenance.forms import WindowForms
from bot.slack.maintenance.refusals import in_zone
from bot.slack.maintenance.slash import parse
from bot.slack.maintenance.targets import WindowTargets
from bot.slack.maintenance.times import ClockTime
from bot.slack.text import escape
from bot.slack.views.lists import number_or_text
from bot.slack.views.maintenance_help import MANUAL
from bot.slack.views.maintenance_lists import RUN, which_window, window_list
from bot.slack.zones import Zones
from core.domain.actor import Permission
from core.domain.ids import MaintenanceId
from core.errors import NotFound
from core.language import say, say_many, to_say
from core.permissions import require
from core.ports import MaintenanceRow, ReadModels

LISTED = 20
OFFERED = 15
NONE = {
    "start": to_say("There is no maintenance that could be started."),
    "complete": to_say("No maintenance is in progress."),
    "skip": to_say("No recurring maintenance is scheduled."),
}


class WindowSubcommands:
    def __init__(
        self,
        reads: ReadModels,
        whose: Whose,
        targets: WindowTargets,
        acts: WindowActs,
        forms: WindowForms,
        zones: Zones,
    ) -> None:
        self._reads = reads
        self._whose = whose
        self._targets = targets
        self._acts = acts
        self._forms = forms
        self._zones = zones

    async def run(self, gesture: Gesture, line: str) -> Reply | None:
        """None when a form is the answer. Forms go first: Slack waits least for them."""
        match parse(line):
            case w.OpenForm(title=title):
                await self._forms.schedule(gesture, title)
            case w.Help(topic=topic):
                return Reply(message=MANUAL.on(topic))
            case Either() as either:
                return await self._number_or_text(gesture, either)
            case w.ListWindows() as wish:
                return await self._list(await self._reader(gesture), wish)
            case wish if wish.reference and await self._by_form(gesture, wish):
                return None
            case wish:
                return await self._on_window(await self._reader(gesture), wish)
        return None

    async def show(self, gesture: Gesture, id: str) -> Reply | None:
        """For a button, which knows the window by its id."""
        return await self._on_window(await self._reader(gesture), w.Show(reference=id))

    async def _by_form(self, gesture: Gesture, wish: w.OnWindow) -> bool:
        """Whether a form asks for what was not typed."""
        match wish:
            case w.Edit(reference=reference):
                await self._forms.edit(gesture, reference)
            case w.Extend(reference=reference, by=None, until=None):
                await self._forms.extend(gesture, reference)
            case w.Cancel(reference=reference, reason=""):
                await self._forms.cancel(gesture, reference)
            case w.Progress(reference=reference, text=""):
                await self._forms.progress(gesture, reference)
            case _:
                return False
        return True

    async def _reader(self, gesture: Gesture) -> Person:
        person = await self._whose(gesture)
        require(person.caller, Permission.READ_MAINTENANCES)
        return person

    async def _number_or_text(self, gesture: Gesture, either: Either) -> Reply | None:
        """Where there is no such maintenance, the number belongs to the text."""
        person = await self._reader(gesture)
        try:
            await self._targets.named(person, either.reference)
        except NotFound:
            return await self.run(gesture, either.told)
        return Reply(message=number_or_text(either, RUN))

    async def _list(self, person: Person, wish: w.ListWindows) -> Reply:
        if wish.everything:
            rows = await self._targets.newest(person, LISTED + 1)
            heading = say("The newest maintenance first.")
        else:
            rows = await self._targets.active(person)
            heading = say_many(
                "One maintenance is running or coming.",
                "{count} maintenances are running or coming; what runs is first.",
                len(rows),
            )
        if not rows:
            return reply(say("There is no maintenance to show. “/maintenance” schedules one."))
        tail = say("More are not shown.") if len(rows) > LISTED else ""
        return Reply(message=window_list(rows[:LISTED], heading, tail))

    async def _on_window(self, person: Person, wish: w.OnWindow) -> Reply | None:
        rows = await self._targets.meant(person, wish)
        if len(rows) != 1 or not self._targets.certain(wish, rows[0].maintenance):
            return _ask_which(rows, wish)
        [row] = rows
        if await self._by_form(person.gesture, _named(wish, row)):
            return None
        zone = await self._zones.of(person.gesture)
        act = self._carry_out(person, row.maintenance.id, wish, zone)
        answer = await in_zone(act, zone)
        return reply(answer.sentence) if isinstance(answer, Outcome) else answer

    async def _carry_out(
        self, person: Person, id: MaintenanceId, wish: w.OnWindow, zone: str
    ) -> Outcome | Reply:
        match wish:
            case w.Show() | w.Edit():
                return Reply(message=await self._targets.card(person, id))
            case w.Start():
                return await self._acts.start(person, id, zone)
            case w.Extend(by=by, until=until):
                return await self._acts.extend(person, id, zone, Longer(by=by, until=until))
            case w.Complete():
                return await self._acts.complete(person, id, zone)
            case w.Cancel(reason=reason):
                return await self._acts.cancel(person, id, zone, reason)
            case w.Skip():
                return await self._acts.skip(person, id, zone)
            case w.Progress(text=text):
                return await self._acts.progress(person, id, text)
            case _:
                assert_never(wish)


def _ask_which(rows: list[MaintenanceRow], wish: w.OnWindow) -> Reply:
    verb, rest = as_typed(wish)
    if not rows:
        problem = say(NONE.get(verb, to_say("There is no maintenance running or coming.")))
        way_out = say(
            "Name one, like “/maintenance {verb} MNT-7”, or schedule one with “/maintenance”.",
            verb=verb,
        )
        return reply(f"{problem} {way_out}")
    return Reply(message=which_window(rows[:OFFERED], verb, rest))


def _named(wish: w.OnWindow, row: MaintenanceRow) -> w.OnWindow:
    return replace(wish, reference=row.maintenance.reference)


_VERBS: Mapping[type[w.OnWindow], str] = {
    w.Show: "show",
    w.Edit: "edit",
    w.Start: "start",
    w.Extend: "extend",
    w.Complete: "complete",
    w.Cancel: "cancel",
    w.Skip: "skip",
    w.Progress: "update",
}


def as_typed(wish: w.OnWindow) -> tuple[str, str]:
    """Command and the rest of the line, so that a button can say it again with a reference."""
    verb = _VERBS[type(wish)]
    match wish:
        case w.Extend(by=timedelta() as by):
            return verb, f"{int(by.total_seconds()) // 60}m"
        case w.Extend(until=ClockTime(typed=typed)):
            return verb, f"until {typed}"
        case w.Cancel(reason=words) | w.Progress(text=words):
            return verb, escape(words)
        case _:
            return verb, ""
