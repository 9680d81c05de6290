"""What is typed about incidents that have to do with each other: merge, link, unlink, private."""

from dataclasses import replace

from bot.slack.acts import Outcome
from bot.slack.families import Families
from bot.slack.gesture import Gesture, Person, Reply
from bot.slack.kit import Kit
from bot.slack.targets import SHOWN
from bot.slack.together.joining import Joining
from bot.slack.together.members import Members
from bot.slack.together.picking import Pickers
from bot.slack.views.pick_modal import LINK, MERGE, UNLINK
from bot.slack.wishes import Link, Merge, Private
from core.domain.actor import Permission
from core.domain.ids import IncidentId


def answers(kit: Kit) -> Families:
    together = Together(kit)
    return {Merge: together.merge, Link: together.link, Private: together.private}


class Together:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._pickers = Pickers(kit)
        self._joining = Joining(kit)
        self._members = Members(kit)
        write = Permission.WRITE_INCIDENTS
        self._merge = kit.meant.acting(self._merged, permission=write)
        self._link = kit.meant.acting(self._linked, SHOWN, write)
        self._private = kit.meant.acting(self._hidden, SHOWN, write)

    async def merge(self, gesture: Gesture, wish: Merge) -> Reply | None:
        if wish.other:
            return await self._merge(gesture, replace(wish, rest=wish.other))
        await self._pickers.open(gesture, MERGE, wish.reference)
        return None

    async def link(self, gesture: Gesture, wish: Link) -> Reply | None:
        if wish.other:
            return await self._link(gesture, replace(wish, rest=wish.other))
        if wish.apart and not (wish.reference or await self._kit.targets.implied(gesture)):
            return await self._kit.meant.asking(gesture, wish)
        await self._pickers.open(gesture, UNLINK if wish.apart else LINK, wish.reference)
        return None

    async def private(self, gesture: Gesture, wish: Private) -> Reply | None:
        if wish.people or wish.public:
            return await self._private(gesture, wish)
        if not (wish.reference or await self._kit.targets.implied(gesture)):
            return await self._kit.meant.asking(gesture, wish)
        await self._members.ask(gesture, wish.reference)
        return None

    async def _merged(self, person: Person, id: IncidentId, wish: Merge) -> Outcome:
        return await self._joining.merge(person, id, wish.other)

    async def _linked(self, person: Person, id: IncidentId, wish: Link) -> Outcome:
        if wish.apart:
            return await self._joining.unlink(person, id, wish.other)
        return await self._joining.link(person, id, wish.other)

    async def _hidden(self, person: Person, id: IncidentId, wish: Private) -> Outcome:
        if wish.public:
            return await self._members.change(person, id, private=False)
        find = self._kit.assignees.find if wish.out else self._kit.assignees.taker
        people = [await find(person, one) for one in wish.people]
        if wish.out:
            return await self._members.change(person, id, remove=people)
        return await self._members.change(person, id, private=True, add=people)
