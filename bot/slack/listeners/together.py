"""Sent forms about incidents that have to do with each other, and about who may know of one."""

from collections.abc import Iterable

from slack_bolt.async_app import AsyncApp

from bot.slack.acts import Outcome
from bot.slack.desk import Desk
from bot.slack.gesture import Person, Reply, reply, unpacked
from bot.slack.listeners.submitting import Sent, Submissions
from bot.slack.subjects import incident_meant
from bot.slack.together.joining import Joining
from bot.slack.together.members import SHOWN, Members
from bot.slack.views import members_modal
from bot.slack.views.pick_modal import LINK, MERGE, UNLINK, picked
from core.domain.ids import IncidentId, UserId


class TogetherListeners:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._joining = Joining(desk.kit)
        self._members = Members(desk.kit)

    def register(self, app: AsyncApp) -> None:
        forms = {
            MERGE.callback: self._merge,
            LINK.callback: self._link,
            UNLINK.callback: self._unlink,
            members_modal.CALLBACK: self._change,
        }
        Submissions(self._desk).register(app, forms)

    async def _merge(self, person: Person, sent: Sent) -> Reply:
        id, into = await self._meant(person, sent), picked(sent["state"]["values"], MERGE)
        return _said(await self._joining.merge(person, id, into))

    async def _link(self, person: Person, sent: Sent) -> Reply:
        id, other = await self._meant(person, sent), picked(sent["state"]["values"], LINK)
        return _said(await self._joining.link(person, id, other))

    async def _unlink(self, person: Person, sent: Sent) -> Reply:
        id, other = await self._meant(person, sent), picked(sent["state"]["values"], UNLINK)
        return _said(await self._joining.unlink(person, id, other))

    async def _change(self, person: Person, sent: Sent) -> Reply:
        """Only what was changed in the form: others may have changed the rest meanwhile."""
        values = sent["state"]["values"]
        remembered = unpacked(sent.get("private_metadata", "")).shown
        shown = remembered.get(SHOWN, "").split()
        given = members_modal.members(values)
        new = [one for one in given if one not in shown]
        outcome = await self._members.change(
            person,
            await self._meant(person, sent),
            private=members_modal.made_private(values, remembered.get(members_modal.VISIBLE, "")),
            add=await self._desk.assignees.chosen(person, new, members_modal.MEMBERS),
            remove=await self._people(person, (one for one in shown if one not in given)),
        )
        return _said(outcome)

    async def _meant(self, person: Person, sent: Sent) -> IncidentId:
        return await self._desk.targets.named(person, incident_meant(sent))

    async def _people(self, person: Person, members: Iterable[str]) -> list[UserId]:
        workspace, people = person.gesture.workspace, self._desk.kit.people
        return [(await people.user(workspace, member)).id for member in members]


def _said(outcome: Outcome) -> Reply:
    return reply(outcome.sentence)
