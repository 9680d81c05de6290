"""Finds the user somebody means by `me`, a mention, an address or a name."""

from collections.abc import Collection, Iterable

from bot.slack.gesture import Person
from bot.slack.people import People
from bot.slack.wishes import Somebody
from core.domain.account import User
from core.domain.ids import UserId
from core.errors import InvalidInput, NotFound, NotPermitted
from core.language import say, to_say
from core.ports import ReadModels

FIELD = "assignee_id"
_SEVERAL = to_say(
    "Several people are called “{name}”; type @ and choose the person from Slack's list, or give "
    "an e-mail address."
)
_NOBODY = to_say(
    "Nobody is called “{name}”; type @ and choose the person from Slack's list, or give an e-mail "
    "address."
)


class Assignees:
    def __init__(self, people: People, reads: ReadModels) -> None:
        self._people = people
        self._reads = reads

    async def find(self, person: Person, who: Somebody) -> UserId:
        """`InvalidInput` or `NotFound` when it is nobody, or could be several."""
        workspace = person.gesture.workspace
        if who.me:
            return _own_id(person)
        if who.slack_user_id:
            return (await self._people.user(workspace, who.slack_user_id)).id
        if who.email:
            return (await self._people.named(workspace, who.email)).id
        return await self._by_name(person, who.name)

    async def taker(self, person: Person, who: Somebody) -> UserId:
        """The same of somebody who is to get something to do; `InvalidInput` for who has left."""
        id = await self.find(person, who)
        member = await self.member(person, who)
        if member and member != person.gesture.user_id:
            await self._people.require_present(person.gesture.workspace, member, FIELD)
        return id

    async def chosen(
        self,
        person: Person,
        members: Iterable[str],
        field: str,
        present: Collection[UserId] = (),
    ) -> tuple[UserId, ...]:
        """The users behind members that were chosen in a `field`, once each. `InvalidInput` there
        for who cannot be one, and for who has left, unless they are `present` by now."""
        workspace, found = person.gesture.workspace, dict[UserId, str]()
        try:
            for member in members:
                found[(await self._people.user(workspace, member)).id] = member
        except (InvalidInput, NotFound, NotPermitted) as refusal:
            raise InvalidInput(str(refusal), field=field) from refusal
        known = (*present, person.caller.actor.user_id)
        new = [member for id, member in found.items() if id not in known]
        await self._people.require_all_present(workspace, new, field)
        return tuple(found)

    async def member(self, person: Person, who: Somebody) -> str:
        """Their id in Slack, empty where they are not known there."""
        if who.me:
            return person.gesture.user_id
        if who.slack_user_id:
            return who.slack_user_id
        id = await self.find(person, who)
        users = await self._reads.users(person.caller.organization_id)
        return next((user.slack_user_id or "" for user in users if user.id == id), "")

    async def _by_name(self, person: Person, name: str) -> UserId:
        users = await self._reads.users(person.caller.organization_id)
        called = [user for user in users if _is_called(user, name.casefold())]
        # Where everybody of that name has left, it is said of them that they have.
        found = [user for user in called if user.admitted] or called
        if len(found) == 1:
            return found[0].id
        raise InvalidInput(say(_SEVERAL if found else _NOBODY, name=name), field=FIELD)


def _own_id(person: Person) -> UserId:
    if person.caller.actor.user_id is None:
        raise NotPermitted(say("Only people can take an incident."))
    return person.caller.actor.user_id


def _is_called(user: User, name: str) -> bool:
    words = user.name.casefold().split()
    return name in (user.name.casefold(), user.email.partition("@")[0], *words[:1])
