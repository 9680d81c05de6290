"""Presses and sent forms of the timeline: notes, corrections, lines put back."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import View
from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Memory, Person, Reply, reply, unpacked
from bot.slack.listeners.pressing import Action, Known, Press, Presses
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.settings.meanwhile import changed_here, seals_of
from bot.slack.subjects import incident_meant
from bot.slack.text import clip
from bot.slack.timeline.family import Notes
from bot.slack.timeline.pages import Pages
from bot.slack.views import timeline as view
from core.commands.timeline import CorrectLine
from core.domain.actor import Permission
from core.domain.chronicle import Line
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.errors import NotFound
from core.language import say


class TimelineListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._notes = Notes(desk.kit)
        self._pages = Pages(kit=desk.kit)

    def register(self, app: AsyncApp) -> None:
        presses: dict[Known, Press] = {
            view.EDIT: self._edit,
            view.HIDDEN: self._hidden,
            view.RESTORE: self._restore,
        }
        Presses(self._desk).register(app, presses)
        forms = {view.NOTE_FORM: self._note, view.LINE_FORM: self._correct}
        Submissions(self._desk).register(app, forms)

    async def _edit(self, gesture: Gesture, action: Action) -> None:
        about, line_id, place = view.pressed(action["value"])

        async def fill(person: Person) -> View:
            incident, line = await self._found(person, about, line_id)
            memory = Memory(
                incident_id=incident.id,
                shown={"line": line_id, "place": place, **seals_of(view.changeable(line))},
                response_url=gesture.response_url,
            )
            return view.line_form(incident, line, memory.packed())

        opening = self._desk.kit.opening
        await opening.open(gesture, view.line_title(), fill, Permission.WRITE_INCIDENTS)

    async def _hidden(self, gesture: Gesture, action: Action) -> Reply:
        person = await self._desk.identity.person(gesture)
        about, place, _ = view.pressed(action["value"])
        id = await self._desk.targets.named(person, about)
        return await self._pages.left_out(person, id, place)

    async def _restore(self, gesture: Gesture, action: Action) -> Reply:
        """With its correction, if it has one by then."""
        about, line_id, _ = view.pressed(action["value"])
        person = await self._desk.identity.person(gesture)
        id = await self._desk.targets.named(person, about)
        command = CorrectLine(
            caller=person.caller,
            key=gesture.key,
            incident_id=id,
            line_id=line_id,
            text_stays=True,
            at_stays=True,
        )
        await self._desk.bus.execute(command)
        return await self._pages.left_out(person, id)

    async def _note(self, person: Person, sent: Sent) -> Reply:
        about = incident_meant(sent)
        id = await self._desk.targets.named(person, about)
        outcome = await self._notes.take(person, id, view.noted(sent["state"]["values"]))
        return reply(outcome.sentence)

    async def _correct(self, person: Person, sent: Sent) -> Reply:
        """Only what was changed in the form; what others made of the line meanwhile stays. The page
        that it was opened from shows the line."""
        memory = unpacked(sent.get("private_metadata", ""))
        line_id = memory.shown.get("line", "")
        incident, line = await self._found(person, memory.incident_id, line_id)
        given = view.corrected(sent["state"]["values"])
        changed = _changed(given, line, memory)
        command = CorrectLine(
            caller=person.caller,
            key=person.gesture.key,
            incident_id=incident.id,
            line_id=line_id,
            text=changed.get(view.TEXT),
            at=changed.get(view.AT),
            hidden=given.leave_out or None,
            text_stays=not given.take_back and view.TEXT not in changed,
            at_stays=not given.take_back and view.AT not in changed,
        )
        await self._desk.bus.execute(command)
        page = await self._pages.page(person, incident.id, memory.shown.get("place", ""))
        return replace(page, replace=True)

    async def _found(self, person: Person, about: str, line_id: str) -> tuple[Incident, Line]:
        id = await self._desk.targets.named(person, about)
        incident, chronicles = await self._pages.of(person, IncidentId(id))
        line = await chronicles.line(line_id)
        if line is None:
            raise NotFound(say("This line of the timeline is not there any more."))
        return incident, line


def _changed(given: view.Correction, line: Line, memory: Memory) -> Mapping[str, Any]:
    """`InvalidInput` at what somebody else corrected as well. What the form did not ask for, or
    holds no more, is as it is."""
    if given.take_back:
        return {}
    now = view.changeable(line)
    filled = {name: value for name, value in given.filled.items() if value is not None}
    spoken = {view.TEXT: lambda text: f"“{clip(text, 200)}”"}
    return changed_here(filled, now, memory.shown, spoken)
