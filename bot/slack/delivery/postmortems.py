"""The postmortem in its incident's channel, as a canvas or a file, and who is asked for it."""

from functools import partial

import structlog

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import in_person, people_named
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import CLOCKS_APART, Poster
from bot.slack.delivery.whereabouts import insiders
from bot.slack.delivery.withdrawing import left_behind
from bot.slack.failures import Refused
from bot.slack.gateway_files import FileDraft
from bot.slack.shapes import Room, Spot
from bot.slack.views import postmortem as view
from core.domain.ids import ChannelId
from core.domain.postmortem import Postmortem
from core.domain.postmortem_draft import document_of
from core.effects import AskContributors, ShowPostmortem
from core.ports import Posting, ReadModels
from core.views import Person

MESSAGE, CANVAS, FILES = "postmortem", "postmortem.canvas", "postmortem.file"
BESIDE = "postmortem.canvas.beside"
"""The same canvas once more, where it is not the channel's own."""

OPENED = "postmortem.canvas.opened"
"""The same canvas once more, when those in the channel may read it."""

TAKEN = frozenset({"channel_canvas_already_exists", "free_team_canvas_tab_already_exists"})
"""The channel has a canvas of its own that somebody else wrote."""

GONE = frozenset({"canvas_deleted", "canvas_not_found"})
NO_CANVAS = frozenset(
    {
        "canvas_creation_failed",
        "canvas_disabled_user_team",
        "canvas_editing_failed",
        "canvas_editing_locked",
        "canvas_tab_creation_failed",
        "canvas_too_large",
        "channel_canvas_creation_failed",
        "free_team_canvas_tab_already_exists",
        "free_teams_cannot_create_non_tabbed_canvases",
        "free_teams_cannot_create_standalone_canvases",
        "free_teams_cannot_edit_standalone_canvases",
        "restricted_action",
        "team_tier_cannot_create_channel_canvases",
    }
)
"""The plan or the settings of the workspace have none, or none for this: a file will do."""

log = structlog.get_logger(__name__)


class Postmortems:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def show(self, effect: ShowPostmortem, errand: IncidentErrand) -> None:
        written = await self._reads.record(errand.organization_id, Postmortem, effect.postmortem_id)
        incident = errand.card.incident
        if incident.deleted_at:
            return
        if errand.room is None:
            await self._elsewhere(errand, written)
            return
        place = await self._canvas(errand, errand.room, written)
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
        """Each of them once, however often somebody asks for others."""
        organization, id = errand.organization_id, effect.postmortem_id
        written = await self._reads.record(organization, Postmortem, id)
        people = await people_named(self._reads, errand, frozenset(written.contributors))
        await one_by_one(partial(self._ask, errand, written, person) for person in people)

    async def _canvas(self, errand: IncidentErrand, room: Room, written: Postmortem) -> view.Place:
        """Where it is to be read now."""
        standing = await self._poster.standing(errand, CANVAS)
        try:
            if standing is None or not await self._rewritten(errand, standing, written):
                standing = await self._new_canvas(errand, room, written)
        except Refused as refused:
            if refused.code not in NO_CANVAS:
                raise
            return view.FILE
        opened = await self._opened(errand, room, standing)
        beside = await self._poster.standing(errand, BESIDE)
        if beside is None or beside.ts != standing.ts:
            return view.CANVAS
        if not opened:
            return view.FILE
        return view.Place(canvas=True, link=await errand.gateway.canvas_link(standing.ts))

    async def _rewritten(
        self, errand: IncidentErrand, standing: Posting, written: Postmortem
    ) -> bool:
        """False where somebody deleted it, and where another channel has it."""
        if errand.room and standing.channel_id != errand.room.id:
            await left_behind(errand, standing)
            return False
        try:
            await errand.gateway.rewrite_canvas(standing.ts, written.body)
        except Refused as refused:
            if refused.code not in GONE:
                raise
            return False
        return True

    async def _new_canvas(self, errand: IncidentErrand, room: Room, written: Postmortem) -> Posting:
        """In the channel, or beside the canvas that it has."""
        gateway, roles = errand.gateway, [CANVAS]
        try:
            id = await gateway.create_channel_canvas(room, written.title, written.body)
        except Refused as refused:
            if refused.code not in TAKEN:
                raise
            id = await gateway.create_canvas(written.title, written.body)
            roles = [BESIDE, CANVAS]
        noted = [Posting(role=role, channel_id=ChannelId(room.id), ts=id) for role in roles]
        for posting in noted:
            await self._poster.note(errand, posting)
        return noted[-1]

    async def _opened(self, errand: IncidentErrand, room: Room, canvas: Posting) -> bool:
        """Whoever is in the channel may read it. It is changed by its form, so that no change is
        lost when it is written anew."""
        standing = await self._poster.standing(errand, OPENED)
        if standing and standing.ts == canvas.ts:
            return True
        try:
            await errand.gateway.open_canvas(canvas.ts, room)
        except Refused as refused:
            log.warning("postmortem_canvas_not_opened", reason=str(refused))
            return False
        opened = Posting(role=OPENED, channel_id=ChannelId(room.id), ts=canvas.ts)
        await self._poster.note(errand, opened)
        return True

    async def _file(
        self, errand: IncidentErrand, spot: Spot, written: Postmortem, role: str
    ) -> None:
        """Each version once."""
        standing = await self._poster.standing(errand, role)
        if standing and standing.channel_id == spot.room.id:
            return
        if standing:
            await left_behind(errand, standing)
        name = f"{errand.reference}-postmortem.md"
        id = await self._found(errand, spot, name) if errand.parcel.doubtful else ""
        if not id:
            document = document_of(written.title, written.body)
            draft = FileDraft(name=name, content=document.encode(), title=written.title)
            id = (await errand.gateway.upload(draft, spot.room, thread_ts=spot.thread_ts)).id
        posting = Posting(role=role, channel_id=ChannelId(spot.room.id), ts=id)
        await self._poster.note(errand, posting)

    async def _found(self, errand: IncidentErrand, spot: Spot, name: str) -> str:
        """One that was sent already, though Slack's answer got lost."""
        known = {one.ts for one in await self._poster.all_standing(errand)}
        since = errand.born_at - CLOCKS_APART
        sent = await errand.gateway.files_named(name, spot, since)
        return next((id for id in sent if id not in known), "")

    async def _ask(self, errand: IncidentErrand, written: Postmortem, person: Person) -> None:
        role = f"postmortem.ask:{person.id}"
        if await self._poster.standing(errand, role):
            return
        if spot := await in_person(errand, person):
            message = view.question(errand.card.incident, written)
            await self._poster.once(errand, role, spot, message)
