"""`/api/v1/alerts`: what sources said, what became of it, and what people do about it."""

import orjson
from aiohttp import web

from bot.api import wire_v1
from bot.api.alerting import alert_operations as operations
from bot.api.alerting import alert_wire as wire
from bot.api.alerting.alert_shapes import AlertsQuery, SilenceWish
from bot.api.alerting.silences import silence_json
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.paging import cursor_of
from bot.api.renaming import renaming
from bot.rule_reading import incident_meant
from core.commands.alerting import DismissAlert, SilenceAlert, SplitAlert
from core.domain.alert import AlertStatus, Fate, Fingerprint
from core.domain.ids import EpisodeId, IntegrationId, ServiceId
from core.errors import InvalidInput
from core.ports import AlertQuery

HOUR = 3_600
MOST_EPISODES = 20
"""Of the history of one alert."""


class AlertsV1:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.SHOW, self.show)
        server.add(operations.SILENCE, self.silence)
        server.add(operations.DISMISS, self.dismiss)
        server.add(operations.SPLIT, self.split)

    async def list(self, call: Call) -> web.Response:
        query = await self._query(call)
        with renaming({"after": "cursor"}):
            page = await self._doors.seen_by(call.client).alerts(call.client.organization_id, query)
        lines = [wire.line(row) for row in page.rows]
        last = page.rows[-1].episode if page.more else None
        body = {
            "data": lines,
            "items": lines,
            "meta": {"limit": query.limit},
            "next_cursor": cursor_of((last.starts_at, last.id)) if last else None,
        }
        return answer(orjson.dumps(body))

    async def show(self, call: Call) -> web.Response:
        return await self._shown(call)

    async def silence(self, call: Call) -> web.Response:
        wish: SilenceWish = call.body or SilenceWish()
        silence = await self._doors.bus.execute(
            SilenceAlert(
                caller=call.client.caller,
                key=call.key,
                alert_id=EpisodeId(call.params["id"]),
                seconds=HOUR if wish.seconds is None else wish.seconds,
                reason=wish.reason or "",
            )
        )
        return answer(wire_v1.one(silence_json(silence, self._doors.clock())), status=201)

    async def dismiss(self, call: Call) -> web.Response:
        id = EpisodeId(call.params["id"])
        await self._doors.bus.execute(
            DismissAlert(caller=call.client.caller, key=call.key, alert_id=id)
        )
        return await self._shown(call)

    async def split(self, call: Call) -> web.Response:
        id = EpisodeId(call.params["id"])
        await self._doors.bus.execute(
            SplitAlert(caller=call.client.caller, key=call.key, alert_id=id)
        )
        return await self._shown(call)

    async def _shown(self, call: Call) -> web.Response:
        reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
        row = await reads.alert(organization_id, EpisodeId(call.params["id"]))
        same = AlertQuery(
            fingerprint=row.episode.fingerprint,
            integration_ids=frozenset({row.episode.integration_id}),
            limit=MOST_EPISODES,
        )
        history = await reads.alerts(organization_id, same)
        notes = await reads.alert_notes(organization_id, row.episode.id)
        return answer(wire_v1.one(wire.whole(row, notes, history.rows)))

    async def _query(self, call: Call) -> AlertQuery:
        wish: AlertsQuery = call.query
        paging = wish.paging()
        if paging.offset:
            raise InvalidInput("Alerts have neither offset nor page; use cursor.", field="page")
        reads, organization_id = self._doors.seen_by(call.client), call.client.organization_id
        incident_id = (
            await incident_meant(wish.incident_id, organization_id, reads)
            if wish.incident_id
            else None
        )
        return AlertQuery(
            statuses=frozenset({AlertStatus(wish.status)} if wish.status else ()),
            fates=_fates(wish.fate or ""),
            integration_ids=frozenset(
                {IntegrationId(wish.integration_id)} if wish.integration_id else ()
            ),
            incident_id=incident_id,
            service_id=ServiceId(wish.service_id) if wish.service_id else None,
            fingerprint=Fingerprint(wish.deduplication_key) if wish.deduplication_key else None,
            kept_by=wish.kept_by,
            limit=paging.limit,
            after=EpisodeId(paging.after[1]) if paging.after else None,
        )


def _fates(words: str) -> frozenset[Fate]:
    found = {word.strip().lower() for word in words.split(",") if word.strip()}
    for word in sorted(found):
        if word not in set(Fate):
            message = f"“{word[:40]}” is no fate of alerts; use {', '.join(Fate)}."
            raise InvalidInput(message, field="fate")
    return frozenset(map(Fate, found))
