"""The postmortem in its incident's channel, as a canvas or a file, and who is asked for it."""

from functools import partial

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.invitations import member_of, people_named
from bot.slack.delivery.one_by_one import one_by_one
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.whereabouts import Whereabouts
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

MESSAGE, CANVAS = "postmortem", "postmortem.canvas"
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


class Postmortems:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads
        self._whereabouts = Whereabouts(poster, reads)

    async def show(self, effect: ShowPostmortem, errand: IncidentErrand) -> None:
        written = await self._reads.record(errand.organization_id, Postmortem, effect.postmortem_id)
        incident = errand.card.incident
        if incident.deleted_at:
            return
        if errand.room is None:
            await self._whereabouts.say(errand, MESSAGE, view.elsewhere(incident, written))
            return
        canvas = await self._canvas(errand, errand.room, written)
        message = view.shown(incident, written, canvas=canvas)
        spot = Spot(room=errand.room)
        standing = await self._poster.kept_true(errand, MESSAGE, spot, message)
        if not canvas:
            await self._file(errand, Spot(room=errand.room, thread_ts=standing.ts), written)

    async def ask(self, effect: AskContributors, errand: IncidentErrand) -> None:
        """Each of them once, however often somebody asks for others."""
        organization, id = errand.organization_id, effect.postmortem_id
        written = await self._reads.record(organization, Postmortem, id)
        people = await people_named(self._reads, errand, frozenset(written.contributors))
        await one_by_one(partial(self._ask, errand, written, person) for person in people)

    async def _canvas(self, errand: IncidentErrand, room: Room, written: Postmortem) -> bool:
        """Whether it is to be read in one now."""
        standing = await self._poster.standing(errand, CANVAS)
        try:
            if standing is None or not await self._rewritten(errand, standing, written):
                await self._new_canvas(errand, room, written)
        except Refused as refused:
            if refused.code not in NO_CANVAS:
                raise
            return False
        return True

    async def _rewritten(
        self, errand: IncidentErrand, standing: Posting, written: Postmortem
    ) -> bool:
        """False where somebody deleted it."""
        try:
            await errand.gateway.rewrite_canvas(standing.ts, written.body)
        except Refused as refused:
            if refused.code not in GONE:
                raise
            return False
        return True

    async def _new_canvas(self, errand: IncidentErrand, room: Room, written: Postmortem) -> None:
        gateway = errand.gateway
        try:
            id = await gateway.create_channel_canvas(room, written.title, written.body)
        except Refused as refused:
            if refused.code not in TAKEN:
                raise
            id = await gateway.create_canvas(written.title, written.body)
        posting = Posting(role=CANVAS, channel_id=ChannelId(room.id), ts=id)
        await self._poster.note(errand, posting)
        # It is changed by its form, so that no change is lost when it is written anew.
        await gateway.open_canvas(id, room)

    async def _file(self, errand: IncidentErrand, spot: Spot, written: Postmortem) -> None:
        """Each version once."""
        role = f"postmortem.file:{written.version}"
        if await self._poster.standing(errand, role):
            return
        name = f"{errand.reference}-postmortem.md"
        document = document_of(written.title, written.body)
        draft = FileDraft(name=name, content=document.encode(), title=written.title)
        sent = await errand.gateway.upload(draft, spot.room, thread_ts=spot.thread_ts)
        posting = Posting(role=role, channel_id=ChannelId(spot.room.id), ts=sent.id)
        await self._poster.note(errand, posting)

    async def _ask(self, errand: IncidentErrand, written: Postmortem, person: Person) -> None:
        role = f"postmortem.ask:{person.id}"
        if await self._poster.standing(errand, role):
            return
        if member := await member_of(errand, person):
            spot = Spot(room=await errand.gateway.open_direct(member))
            message = view.question(errand.card.incident, written)
            await self._poster.once(errand, role, spot, message)
