"""`/api/v1/incidents/{id}/similar` and `/api/v1/search/verdicts`."""

from time import perf_counter
from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.dialects.overwatch.words import STATUS
from bot.api.doors import Doors
from bot.api.knowledge import likeness_operations as operations
from bot.api.knowledge.likeness_shapes import SimilarQuery
from bot.api.knowledge.search import MOST, readable_kinds
from bot.api.operations import Call
from bot.api.paging import Position, cursor_of
from bot.likenesses import Likenesses
from bot.web.times import instant
from core.commands import JudgeLikeness
from core.domain.ids import IncidentId
from core.domain.likeness import Likeness, Verdict
from core.errors import NotFound
from core.ports import Search, VerdictQuery
from core.views import LikenessRow


class LikenessRoutes:
    def __init__(self, doors: Doors, search: Search) -> None:
        self._doors = doors
        self._likenesses = Likenesses(doors.reads, search)

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.SIMILAR, self.similar)
        server.add(operations.JUDGE, self.judge)
        server.add(operations.VERDICTS, self.verdicts)

    async def similar(self, call: Call) -> web.Response:
        wish: SimilarQuery = call.query
        began = perf_counter()
        likenesses = self._likenesses.seen_by(call.client.caller.viewer)
        rows = await likenesses.of_incident(
            call.client.organization_id,
            call.params["id"],
            kinds=readable_kinds(wish.content_types, call.client.caller),
            limit=min(wish.limit or 10, MOST),
            least=wish.min_confidence,
        )
        took = round((perf_counter() - began) * 1_000)
        meta = {"total": len(rows), "query_time_ms": took}
        return answer({"results": [_line(row) for row in rows], "meta": meta})

    async def judge(self, call: Call) -> web.Response:
        record = await self._doors.seen_by(call.client).incident(
            call.client.organization_id, call.params["id"]
        )
        word = call.body.verdict
        judged = await self._doors.bus.execute(
            JudgeLikeness(
                caller=call.client.caller,
                key=call.key,
                incident_id=record.row.id,
                other_id=await self._other(call),
                verdict=Verdict(word) if word else None,
            )
        )
        return answer(wire_v1.one(_verdict(judged)))

    async def verdicts(self, call: Call) -> web.Response:
        paging = call.query.paging()
        page = await self._doors.seen_by(call.client).verdicts(
            call.client.organization_id,
            VerdictQuery(
                kinds=readable_kinds(None, call.client.caller),
                limit=paging.limit,
                offset=paging.offset,
                after=_place(paging.after),
            ),
        )
        last = page.rows[-1] if page.rows and page.more else None
        return answer(
            wire_v1.many(
                [_verdict(one) for one in page.rows],
                paging,
                total=page.total,
                next_cursor=_cursor(last) if last else None,
            )
        )

    async def _other(self, call: Call) -> str:
        """By id or by `INC-n`."""
        other = call.params["other_id"]
        try:
            return (
                await self._doors.seen_by(call.client).incident(call.client.organization_id, other)
            ).row.id
        except NotFound:
            return other


def _line(row: LikenessRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "type": row.kind,
        "title": row.title,
        "score": row.score,
        "reason": row.reason,
        "verdict": row.verdict,
        "judged_by": row.judged_by or None,
        "reference": row.reference or None,
        "status": STATUS[row.state] if row.state else None,
        "severity": row.severity,
        "created_at": instant(row.created_at),
        "duration_seconds": round(row.duration.total_seconds()) if row.duration else None,
        "lead": row.lead or None,
        "services": row.services,
        "resolution": row.resolution or None,
        "root_cause": row.root_cause or None,
    }


def _verdict(one: Likeness) -> dict[str, Any]:
    return {
        "incident_id": one.incident_id,
        "other_id": one.other_id,
        "type": one.kind,
        "verdict": one.verdict,
        "judged_by": one.judged_by,
        "judged_at": instant(one.judged_at),
        "found_at": instant(one.found_at),
        "score": one.score,
        "rank": one.rank,
        "reason": one.reason,
        "model": one.model,
    }


def _cursor(one: Likeness) -> str:
    return cursor_of((one.judged_at or one.found_at, f"{one.incident_id} {one.other_id}"))


def _place(after: Position | None) -> Any:
    if after is None:
        return None
    at, ids = after
    incident_id, _, other_id = ids.partition(" ")
    return at, IncidentId(incident_id), other_id
