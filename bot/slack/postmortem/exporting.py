"""Exports: everything about an incident as a file, for whoever asks alone."""

from bot.exports import as_json, as_markdown, data_title, document_title, exported
from bot.slack.blocks import View
from bot.slack.families import Answer
from bot.slack.gateway_files import FileDraft
from bot.slack.gesture import Gesture, Memory, Person, Reply, reply
from bot.slack.kit import Kit
from bot.slack.targets import IN_A_FORM, SHOWN
from bot.slack.text import literal
from bot.slack.views.exports import export_form, export_title
from bot.slack.views.subject import Subject
from bot.slack.wishes import Export
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.errors import NotFound
from core.language import say
from core.permissions import require

JSON, MARKDOWN = "json", "markdown"
ENDINGS = {JSON: "json", MARKDOWN: "md"}


class Exporting:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def answer(self, typed: Answer) -> Answer:
        """`typed` is for whoever says in which format; everybody else is asked."""

        async def answered(gesture: Gesture, wish: Export) -> Reply | None:
            if wish.format:
                return await typed(gesture, wish)
            await self.ask(gesture, wish.reference)
            return None

        return answered

    async def typed(self, person: Person, id: IncidentId, wish: Export) -> Reply:
        return await self.send(person, id, wish.format)

    async def ask(self, gesture: Gesture, reference: str = "") -> None:
        async def fill(person: Person) -> View:
            subject = await self._subject(person, reference)
            id = subject.incident.id if subject.incident else ""
            memory = Memory(incident_id=id, response_url=gesture.response_url, home=gesture.home)
            return export_form(subject, memory.packed())

        await self._kit.opening.open(gesture, export_title(), fill, Permission.READ_INCIDENTS)

    async def send(self, person: Person, id: IncidentId, format: str) -> Reply:
        """Into the messages between them and Tocsin, where nobody else reads."""
        require(person.caller, Permission.READ_INCIDENTS)
        reads = self._kit.reads.seen_by(person.caller.viewer)
        given = await exported(reads, person.caller.organization_id, id)
        reference = given.story.incident.reference
        draft = FileDraft(
            name=f"{reference}.{ENDINGS[format]}",
            content=as_json(given) if format == JSON else as_markdown(given),
            title=data_title(given) if format == JSON else document_title(given),
        )
        gateway = person.gesture.workspace.gateway
        comment = say("Everything about {reference}, as you asked.", reference=reference)
        room = await gateway.open_direct(person.gesture.user_id)
        await gateway.upload(draft, room, comment=literal(comment))
        return reply(
            say("The export of {reference} is in your messages with Tocsin.", reference=reference)
        )

    async def _subject(self, person: Person, reference: str) -> Subject:
        id = await self._kit.targets.find(person, reference)
        if id is not None:
            reads = self._kit.reads.seen_by(person.caller.viewer)
            card = await reads.card(person.caller.organization_id, id)
            return Subject(incident=card.incident)
        page = await self._kit.targets.candidates(person, SHOWN, IN_A_FORM)
        if not page.rows:
            raise NotFound(say("There is no incident to export."))
        return Subject(candidates=page.rows, more=page.more)
