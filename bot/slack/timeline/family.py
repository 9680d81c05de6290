"""What is typed about the timeline: `note` and `timeline`."""

from bot.slack.acts import Outcome
from bot.slack.blocks import View
from bot.slack.families import Families
from bot.slack.gesture import Gesture, Person, Reply
from bot.slack.kit import Kit
from bot.slack.subjects import Subjects, memory_of
from bot.slack.targets import SHOWN
from bot.slack.timeline.pages import Pages
from bot.slack.views.timeline import note_form, note_title
from bot.slack.wishes import AddNote, Timeline
from core import commands as c
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.language import say


def answers(kit: Kit) -> Families:
    notes, pages = Notes(kit), Pages(kit=kit)
    return {AddNote: notes.answer, Timeline: kit.meant.acting(pages.answer, SHOWN)}


class Notes:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._subjects = Subjects(kit.reads, kit.targets)
        self._typed = kit.meant.acting(self._take, permission=Permission.WRITE_INCIDENTS)

    async def answer(self, gesture: Gesture, wish: AddNote) -> Reply | None:
        if wish.text:
            return await self._typed(gesture, wish)
        await self.ask(gesture, wish.reference)
        return None

    async def ask(self, gesture: Gesture, reference: str = "") -> None:
        """`reference` may also be an id."""

        async def fill(person: Person) -> View:
            subject = await self._subjects.of(person, reference)
            return note_form(subject, memory_of(gesture, subject))

        opening = self._kit.opening
        await opening.open(gesture, note_title(), fill, Permission.WRITE_INCIDENTS)

    async def take(self, person: Person, id: IncidentId, text: str) -> Outcome:
        caller, key = person.caller, person.gesture.key
        await self._kit.bus.execute(c.AddNote(caller=caller, key=key, incident_id=id, text=text))
        reads = self._kit.reads.seen_by(caller.viewer)
        card = await reads.card(caller.organization_id, id)
        reference = card.incident.reference
        return Outcome(
            sentence=say("Your note is in the timeline of {reference}.", reference=reference)
        )

    async def _take(self, person: Person, id: IncidentId, wish: AddNote) -> Outcome:
        return await self.take(person, id, wish.text)
