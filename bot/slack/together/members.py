"""Says who may know of an incident, for somebody in Slack."""

from collections.abc import Iterable, Sequence

from bot.slack import blocks as b
from bot.slack.acts import Outcome
from bot.slack.gesture import Gesture, Person
from bot.slack.kit import Kit
from bot.slack.subjects import Subjects, memory_of
from bot.slack.views.members_modal import TITLE, VISIBLE, members_modal, visible
from bot.slack.views.subject import Subject
from core.commands.together import ChangeMembers
from core.domain.account import User
from core.domain.actor import Permission
from core.domain.ids import IncidentId, UserId
from core.domain.incident import Incident
from core.domain.viewer import knowing
from core.errors import InvalidInput
from core.language import say

SHOWN = "members"
"""What the form remembers: the members that it showed, as Slack knows them."""


class Members:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._subjects = Subjects(kit.reads, kit.targets)

    async def ask(self, gesture: Gesture, reference: str) -> None:
        async def fill(person: Person) -> b.View:
            card = await self._subjects.card(person, reference)
            if card is None:
                raise InvalidInput(
                    say("Name the incident, like “/incident private INC-7”."), field="incident_id"
                )
            incident, users = card.incident, await self._users(person)
            shown = [user.slack_user_id for user in users if user.id in incident.members]
            known = [str(one) for one in shown if one]
            others = [user.name for user in users if user.id in _bound(incident)]
            remembered = {SHOWN: " ".join(known), VISIBLE: visible(incident)}
            memory = memory_of(gesture, Subject(incident=incident), remembered)
            return members_modal(incident, known, others, memory)

        opening = self._kit.opening
        await opening.open(gesture, say(TITLE), fill, Permission.WRITE_INCIDENTS)

    async def change(
        self,
        person: Person,
        id: IncidentId,
        *,
        private: bool | None = None,
        add: Iterable[UserId] = (),
        remove: Iterable[UserId] = (),
    ) -> Outcome:
        incident = await self._kit.bus.execute(
            ChangeMembers(
                caller=person.caller,
                key=person.gesture.key,
                incident_id=id,
                private=private,
                add=tuple(add),
                remove=tuple(remove),
            )
        )
        users = await self._users(person)
        return Outcome(sentence=_told(incident, users))

    async def _users(self, person: Person) -> Sequence[User]:
        return await self._kit.reads.users(person.caller.organization_id)


def _bound(incident: Incident) -> frozenset[UserId]:
    """Who knows of it without being a member."""
    return knowing(incident) - frozenset(incident.members)


def _told(incident: Incident, users: Sequence[User]) -> str:
    if not incident.private:
        return say(
            "Everybody in the organisation may know of {reference}.", reference=incident.reference
        )
    names = [user.name for user in users if user.id in knowing(incident)]
    return say(
        "{reference} is private. Only these people know of it: {names}.",
        reference=incident.reference,
        names=", ".join(names),
    )
