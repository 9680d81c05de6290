"""The canvas in which the postmortem of an incident is read, where the workspace has canvases."""

import structlog

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import Poster
from bot.slack.delivery.taking_back import BEFORE, CANVAS, canvases_since, left_behind
from bot.slack.failures import Refused
from bot.slack.shapes import Room
from bot.slack.views import postmortem as view
from core.domain.ids import ChannelId
from core.domain.postmortem import Postmortem
from core.ports import Posting, Unreachable

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


class PostmortemCanvases:
    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    async def shown(self, errand: IncidentErrand, room: Room, written: Postmortem) -> view.Place:
        """Where it is to be read now."""
        try:
            standing = await self._written(errand, room, written)
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

    async def _written(self, errand: IncidentErrand, room: Room, written: Postmortem) -> Posting:
        """As it is now, in the canvas that there is or in a new one."""
        standing = await self._poster.standing(errand, CANVAS)
        if standing is None:
            standing = await self._interrupted(errand, room)
        if standing and await self._rewritten(errand, room, standing, written):
            return standing
        return await self._new(errand, room, written)

    async def _rewritten(
        self, errand: IncidentErrand, room: Room, standing: Posting, written: Postmortem
    ) -> bool:
        """False where somebody deleted it, and where another channel has it."""
        if standing.channel_id != room.id:
            await left_behind(self._poster, errand, standing)
            return False
        try:
            await errand.gateway.rewrite_canvas(standing.ts, written.readable)
        except Refused as refused:
            if refused.code not in GONE:
                raise
            return False
        return True

    async def _new(self, errand: IncidentErrand, room: Room, written: Postmortem) -> Posting:
        """In the channel, or beside the canvas that it has. Of one beside whose answer got lost
        nobody ever knows: it is seen by none but Tocsin."""
        gateway, title, body = errand.gateway, written.title, written.readable
        await self._look_before(errand, room)
        try:
            id = await gateway.create_channel_canvas(room, title, body)
        except (Refused, Unreachable) as failure:
            await self._not_written(errand, room, failure)
            if not isinstance(failure, Refused) or failure.code not in TAKEN:
                raise
            beside = await gateway.create_canvas(title, body)
            await self._note(errand, room, BESIDE, beside)
            return await self._note(errand, room, CANVAS, beside)
        return await self._note(errand, room, CANVAS, id)

    async def _look_before(self, errand: IncidentErrand, room: Room) -> None:
        """Whatever it has later besides is what was written for it."""
        present = (await errand.gateway.channel(room)).canvases
        await self._note(errand, room, _before(room), " ".join(sorted(present)))

    async def _not_written(
        self, errand: IncidentErrand, room: Room, failure: Refused | Unreachable
    ) -> None:
        """What the channel has later is what people write, unless nobody knows."""
        if isinstance(failure, Refused) or not failure.doubtful:
            nowhere = Posting(role=_before(room), channel_id=ChannelId(""), ts="")
            await self._poster.note(errand, nowhere)

    async def _interrupted(self, errand: IncidentErrand, room: Room) -> Posting | None:
        """The one that was written though Slack's answer got lost; somebody else's stays theirs."""
        before = await self._poster.standing(errand, _before(room))
        if not errand.parcel.doubtful or before is None or before.channel_id != room.id:
            return None
        later = await canvases_since(errand, room, before)
        return await self._note(errand, room, CANVAS, *later) if len(later) == 1 else None

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
        await self._note(errand, room, OPENED, canvas.ts)
        return True

    async def _note(self, errand: IncidentErrand, room: Room, role: str, id: str) -> Posting:
        posting = Posting(role=role, channel_id=ChannelId(room.id), ts=id)
        await self._poster.note(errand, posting)
        return posting


def _before(room: Room) -> str:
    return f"{BEFORE}:{room.id}"
