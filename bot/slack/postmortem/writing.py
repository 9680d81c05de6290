"""Postmortems as people write them: drafted, edited, asked for, published."""

from collections.abc import Mapping

from bot.languages import in_every_language
from bot.slack.blocks import View
from bot.slack.gesture import Gesture, Memory, Person, Reply, reply
from bot.slack.kit import Kit
from bot.slack.views import postmortem as view
from bot.slack.wishes import Postmortem as Wish
from bot.stories import postmortem_of, story_of
from core.commands.postmortems import (
    AskForContributions,
    Contribute,
    DraftPostmortem,
    EditPostmortem,
)
from core.domain.actor import Permission
from core.domain.ids import IncidentId
from core.domain.incident import Incident
from core.domain.postmortem import Postmortem
from core.domain.postmortem_draft import draft_of, remembered, title_of
from core.domain.postmortem_sections import with_texts
from core.domain.wording import joined
from core.language import say_many
from core.ports import ReadModels


class Writing:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    async def wished(self, person: Person, id: IncidentId, wish: Wish) -> Reply:
        return await self.draft(person, id)

    async def draft(self, person: Person, id: IncidentId) -> Reply:
        """The one there is, or a new one; it is shown in the channel by itself."""
        reads, organization = self._reads(person), person.caller.organization_id
        present = await postmortem_of(reads, organization, id)
        if present is None:
            story = await story_of(reads, organization, id)
            present = await self._kit.bus.execute(
                DraftPostmortem(
                    caller=person.caller,
                    key=person.gesture.key,
                    incident_id=id,
                    title=title_of(story),
                    body=draft_of(story),
                )
            )
        incident = await self._incident(person, id)
        there = bool(incident.channel_id) and incident.channel_id == person.gesture.channel_id
        return Reply(message=view.offer(incident, present, there=there))

    async def ask_changes(self, gesture: Gesture, postmortem_id: str) -> None:
        async def fill(person: Person) -> View:
            written = await self._written(person, postmortem_id)
            shown = {"postmortem": written.id, "version": str(written.version)}
            memory = Memory(
                incident_id=written.incident_id, shown=shown, response_url=gesture.response_url
            )
            return view.edit_form(written, memory.packed())

        opening = self._kit.opening
        await opening.open(gesture, view.edit_title(), fill, Permission.WRITE_INCIDENTS)

    async def change(
        self, person: Person, shown: Mapping[str, str], title: str, texts: Mapping[int, str]
    ) -> Reply:
        """`shown` is what the form remembers of what it was opened with."""
        written = await self._written(person, shown.get("postmortem", ""))
        await self._kit.bus.execute(
            EditPostmortem(
                caller=person.caller,
                key=person.gesture.key,
                postmortem_id=written.id,
                title=title or None,
                body=with_texts(written.body, texts),
                expected_version=int(shown.get("version", "0")),
            )
        )
        return await self._said(person, written, "changed")

    async def publish(self, person: Person, postmortem_id: str) -> Reply:
        written = await self._kit.bus.execute(
            EditPostmortem(
                caller=person.caller,
                key=person.gesture.key,
                postmortem_id=postmortem_id,
                published=True,
            )
        )
        return await self._said(person, written, "published")

    async def ask_others(self, person: Person, postmortem_id: str) -> Reply:
        written = await self._kit.bus.execute(
            AskForContributions(
                caller=person.caller, key=person.gesture.key, postmortem_id=postmortem_id
            )
        )
        users = await self._reads(person).users(person.caller.organization_id)
        names = tuple(user.name for user in users if user.id in written.contributors)
        return reply(
            say_many(
                "{names} is asked what they know of it.",
                "{names} are asked what they know of it.",
                len(names),
                names=joined(names),
            )
        )

    async def ask_for_words(self, gesture: Gesture, postmortem_id: str) -> None:
        async def fill(person: Person) -> View:
            written = await self._written(person, postmortem_id)
            incident = await self._incident(person, written.incident_id)
            memory = Memory(
                incident_id=written.incident_id,
                shown={"postmortem": written.id},
                response_url=gesture.response_url,
            )
            return view.contribution_form(incident, memory.packed())

        opening = self._kit.opening
        await opening.open(gesture, view.contribution_title(), fill, Permission.WRITE_INCIDENTS)

    async def contribute(self, person: Person, postmortem_id: str, text: str) -> Reply:
        written = await self._kit.bus.execute(
            Contribute(
                caller=person.caller,
                key=person.gesture.key,
                postmortem_id=postmortem_id,
                text=text,
                headings=in_every_language(remembered),
            )
        )
        return await self._said(person, written, "contributed")

    async def _said(self, person: Person, written: Postmortem, what: str) -> Reply:
        incident = await self._incident(person, written.incident_id)
        return reply(view.outcome(incident, what))

    async def _written(self, person: Person, id: str) -> Postmortem:
        reads = self._reads(person)
        return await reads.record(person.caller.organization_id, Postmortem, id)

    async def _incident(self, person: Person, id: IncidentId) -> Incident:
        card = await self._reads(person).card(person.caller.organization_id, id)
        return card.incident

    def _reads(self, person: Person) -> ReadModels:
        return self._kit.reads.seen_by(person.caller.viewer)
