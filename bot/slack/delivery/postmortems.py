"""The postmortem where its incident is told of, as a canvas or a file, and who is asked for it."""

from functools import partial

from bot.slack.delivery.canvases import PostmortemCanvases
from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import in_person, people_named
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import CLOCKS_APART, Poster
from bot.slack.delivery.taking_back import left_behind
from bot.slack.delivery.whereabouts import insiders
from bot.slack.gateway_files import FileDraft
from bot.slack.shapes import Spot
from bot.slack.views import postmortem as view
from core.domain.ids import ChannelId
from core.domain.postmortem import Postmortem
from core.domain.postmortem_draft import document_of
from core.domain.viewer import Viewer
from core.effects import AskContributors, ShowPostmortem
from core.ports import Posting, ReadModels
from core.views import Person

MESSAGE, FILES = "postmortem", "postmortem.file"


class Postmortems:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads
        self._canvases = PostmortemCanvases(poster)

    async def show(self, effect: ShowPostmortem, errand: IncidentErrand) -> None:
        written = await self._reads.record(errand.organization_id, Postmortem, effect.postmortem_id)
        incident = errand.card.incident
        if incident.deleted_at:
            return
        if errand.room is None:
            await self._elsewhere(errand, written)
            return
        place = await self._canvases.shown(errand, errand.room, written)
        message = view.shown(incident, written, place)
        spot = Spot(room=errand.room)
        standing = await self._poster.kept_true(errand, MESSAGE, spot, message)
        if place == view.FILE:
            below = Spot(room=errand.room, thread_ts=standing.ts)
            await self._file(errand, below, written, f"{FILES}:{written.version}")

    async def _elsewhere(self, errand: IncidentErrand, written: Postmortem) -> None:
        """Below the announcement; of what is private each of those who may know, in person."""
        if spot := await self._poster.announcement_thread(errand):
            message = view.shown(errand.card.incident, written, view.FILE)
            await self._poster.kept_true(errand, MESSAGE, spot, message)
            await self._file(errand, spot, written, f"{FILES}:{written.version}")
            return
        people = await insiders(self._reads, errand)
        await one_by_one(partial(self._privately, errand, written, person) for person in people)

    async def _privately(self, errand: IncidentErrand, written: Postmortem, person: Person) -> None:
        spot = await in_person(errand, person)
        if spot is None:
            return
        message = view.shown(errand.card.incident, written, view.FILE)
        role = f"{MESSAGE}:{person.id}"
        standing = await self._poster.kept_true(errand, role, spot, message)
        below = Spot(room=spot.room, thread_ts=standing.ts)
        await self._file(errand, below, written, f"{FILES}:{written.version}:{person.id}")

    async def ask(self, effect: AskContributors, errand: IncidentErrand) -> None:
        """Each of them once, however often somebody asks for others; nobody who was shut out of a
        private incident meanwhile."""
        organization, id = errand.organization_id, effect.postmortem_id
        written = await self._reads.record(organization, Postmortem, id)
        incident = errand.card.incident
        asked = (id for id in written.contributors if Viewer(user_id=id).sees(incident))
        people = await people_named(self._reads, errand, asked)
        await one_by_one(partial(self._ask, errand, written, person) for person in people)

    async def _file(
        self, errand: IncidentErrand, spot: Spot, written: Postmortem, role: str
    ) -> None:
        """Each version once."""
        standing = await self._poster.standing(errand, role)
        if standing and standing.channel_id == spot.room.id:
            return
        if standing:
            await left_behind(self._poster, errand, standing)
        name = view.file_name(errand.card.incident)
        id = await self._found(errand, spot, name) if errand.parcel.doubtful else ""
        if not id:
            await self._poster.beginning(errand, role, spot)
            document = document_of(written.title, written.readable)
            draft = FileDraft(name=name, content=document.encode(), title=written.title)
            id = (await errand.gateway.upload(draft, spot.room, thread_ts=spot.thread_ts)).id
        posting = Posting(role=role, channel_id=ChannelId(spot.room.id), ts=id)
        await self._poster.note(errand, posting)

    async def _found(self, errand: IncidentErrand, spot: Spot, name: str) -> str:
        """One that was sent already, though Slack's answer got lost."""
        known = {one.ts for one in await self._poster.all_standing(errand)}
        since = errand.born_at - CLOCKS_APART
        by = errand.workspace.bot_user_id
        sent = await errand.gateway.files_named(name, spot, since, by=by)
        return next((id for id in sent if id not in known), "")

    async def _ask(self, errand: IncidentErrand, written: Postmortem, person: Person) -> None:
        role = f"postmortem.ask:{person.id}"
        if await self._poster.standing(errand, role):
            return
        if spot := await in_person(errand, person):
            message = view.question(errand.card.incident, written)
            await self._poster.once(errand, role, spot, message)
