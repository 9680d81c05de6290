"""Presses and sent forms of the timeline: notes, corrections, lines put back."""

from dataclasses import replace
from datetime import datetime

from slack_bolt.async_app import AsyncApp

from bot.slack.blocks import View
from bot.slack.desk import Desk
from bot.slack.gesture import Gesture, Memory, Person, Reply, reply, unpacked
from bot.slack.listeners.pressing import Action, Known, Press, Presses
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.subjects import incident_meant
from bot.slack.timeline.family import Notes
from bot.slack.timeline.pages import Pages
from bot.slack.views import timeline as view
from core.commands.timeline import CorrectLine
from core.domain.actor import Permission
from core.domain.chronicle import Line, line_named
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
                shown={"line": line_id, "place": place},
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
        """With its correction, if it had one."""
        about, line_id, _ = view.pressed(action["value"])
        person = await self._desk.identity.person(gesture)
        incident, line = await self._found(person, about, line_id)
        command = CorrectLine(
            caller=person.caller,
            key=gesture.key,
            incident_id=incident.id,
            line_id=line_id,
            text=line.text,
            at=line.at,
        )
        await self._desk.bus.execute(command)
        return await self._pages.left_out(person, incident.id)

    async def _note(self, person: Person, sent: Sent) -> Reply:
        about = incident_meant(sent)
        id = await self._desk.targets.named(person, about)
        outcome = await self._notes.take(person, id, view.noted(sent["state"]["values"]))
        return reply(outcome.sentence)

    async def _correct(self, person: Person, sent: Sent) -> Reply:
        """The page that it was opened from shows the line as it is now."""
        memory = unpacked(sent.get("private_metadata", ""))
        line_id = memory.shown.get("line", "")
        incident, line = await self._found(person, memory.incident_id, line_id)
        given = view.corrected(sent["state"]["values"])
        command = CorrectLine(
            caller=person.caller,
            key=person.gesture.key,
            incident_id=incident.id,
            line_id=line_id,
            text=None if given.take_back else _text(given, line),
            at=None if given.take_back else _time(given, line),
            hidden=given.leave_out,
        )
        await self._desk.bus.execute(command)
        page = await self._pages.page(person, incident.id, memory.shown.get("place", ""))
        return replace(page, replace=True)

    async def _found(self, person: Person, about: str, line_id: str) -> tuple[Incident, Line]:
        id = await self._desk.targets.named(person, about)
        incident, lines = await self._pages.all(person, IncidentId(id))
        line = line_named(lines, line_id)
        if line is None:
            raise NotFound(say("This line of the timeline is not there any more."))
        return incident, line


def _text(given: view.Correction, line: Line) -> str:
    return line.text if given.text is None else given.text


def _time(given: view.Correction, line: Line) -> datetime:
    """A picker knows no seconds: who leaves the minute leaves them, too."""
    if given.at is None or given.at == view.minute_of(line.at):
        return line.at
    return given.at
