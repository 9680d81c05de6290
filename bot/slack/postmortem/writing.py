"""Postmortems as people write them: drafted, edited, asked for, published."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from bot.languages import in_every_language
from bot.slack.blocks import View
from bot.slack.gesture import Gesture, Memory, Person, Reply, reply, unpacked
from bot.slack.kit import Kit
from bot.slack.postmortem.merging import Merged, every_part, merged, parts_of, seals_of
from bot.slack.views import postmortem as view
from bot.slack.views import postmortem_form as form
from bot.slack.wishes import Postmortem as Wish
from bot.stories import postmortem_of, story_for_draft
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
from core.domain.postmortem_draft import (
    draft_of,
    redrawn,
    remembered,
    tasks,
    timeline,
    title_of,
)
from core.domain.viewer import Viewer
from core.domain.wording import joined
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import say, say_many
from core.permissions import require
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
            story = await story_for_draft(reads, organization, id)
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
            shown = {"postmortem": written.id, **seals_of(written)}
            memory = Memory(
                incident_id=written.incident_id, shown=shown, response_url=gesture.response_url
            )
            return form.edit_form(written.title, parts_of(written), memory.packed())

        opening = self._kit.opening
        await opening.open(gesture, form.edit_title(), fill, Permission.WRITE_INCIDENTS)

    async def change(self, person: Person, sent: Mapping[str, Any]) -> Reply | View:
        """What was changed in the form, or the form once more where others changed the same."""
        memory, filled = unpacked(sent.get("private_metadata", "")), form.filled(sent)
        written = await self._written(person, memory.shown.get("postmortem", ""))
        wanted = merged(written, filled, memory.shown)
        _refuse_gone(sent, wanted)
        if wanted.clashes:
            return _contested(sent, memory, written, wanted.clashes)
        return await self._edited(person, written, wanted.title, wanted.body, "changed")

    async def draft_anew(self, person: Person, postmortem_id: str) -> Reply:
        """Only its facts, timeline and tasks."""
        written = await self._written(person, postmortem_id)
        reads, organization = self._reads(person), person.caller.organization_id
        story = await story_for_draft(reads, organization, written.incident_id)
        body = redrawn(
            written.body,
            story,
            timelines=in_every_language(timeline),
            tasks_=in_every_language(tasks),
        )
        return await self._edited(person, written, written.title, body, "anew")

    async def _edited(
        self, person: Person, written: Postmortem, title: str, body: str, what: str
    ) -> Reply:
        await self._kit.bus.execute(
            EditPostmortem(
                caller=person.caller,
                key=person.gesture.key,
                postmortem_id=written.id,
                title=title,
                body=body,
                expected_version=written.version,
            )
        )
        return await self._said(person, written, what)

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
        incident = await self._incident(person, written.incident_id)
        users = await self._reads(person).users(person.caller.organization_id)
        names = tuple(
            user.name
            for user in users
            if user.id in written.contributors
            and user.admitted
            and Viewer(user_id=user.id).sees(incident)
        )
        if not names:
            reference = incident.reference
            return reply(say("Nobody but you took part in {reference}.", reference=reference))
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
            if person.caller.actor.user_id not in written.contributors:
                require(person.caller, Permission.WRITE_INCIDENTS)
            incident = await self._incident(person, written.incident_id)
            memory = Memory(
                incident_id=written.incident_id,
                shown={"postmortem": written.id},
                response_url=gesture.response_url,
            )
            return view.contribution_form(incident, memory.packed())

        opening = self._kit.opening
        await opening.open(gesture, view.contribution_title(), fill, Permission.READ_INCIDENTS)

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


def _refuse_gone(sent: Mapping[str, Any], wanted: Merged) -> None:
    """What was written in a section that is not there any more is not lost with it."""
    flaws = Flaws()
    for key in sorted(wanted.gone):
        sentence = say(
            "This section was taken away while the form was open; move what you wrote to another "
            "one, and empty this field."
        )
        flaws.note(InvalidInput(sentence, field=form.first_field(sent, key)))
    flaws.refuse()


def _contested(
    sent: Mapping[str, Any], memory: Memory, written: Postmortem, clashes: Collection[str]
) -> View:
    """With what the others wrote; what is sent after that takes its place."""
    told = sorted(clashes)[: form.MOST_TOLD]
    seals = {key: seal for key, seal in seals_of(written).items() if key in told}
    parts = {one.key: one for one in every_part(written) if one.key in told}
    title = written.title if form.TITLE in told else ""
    read = replace(memory, shown={**memory.shown, **seals})
    return form.contested(sent, parts, title, read.packed())
