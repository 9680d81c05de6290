"""`/api/v1/silences`: for a while, some alerts call nobody."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.alerting import silence_operations as operations
from bot.api.alerting.silence_shapes import NewSilence, SilencesQuery
from bot.api.answers import answer
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.api.paging import cursor_of
from bot.api.record_pages import found, listed
from bot.api.renaming import renaming
from bot.rule_reading import silences_in_force
from bot.web.times import instant
from core.commands.alerting import AddSilence, EndSilence, SilenceAlert
from core.domain.ids import EpisodeId, IntegrationId
from core.domain.silence import ACTIVE, Silence
from core.errors import InvalidInput, NotFound


class Silences:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.show)
        server.add(operations.END, self.end)

    async def list(self, call: Call) -> web.Response:
        if call.query.state == ACTIVE:
            return answer(await self._in_force(call))
        return answer(await listed(self._doors, call, Silence, self._entry()))

    async def create(self, call: Call) -> web.Response:
        wish: NewSilence = call.body
        end = "ends_at" if wish.seconds is None else "seconds"
        with renaming({"ends_at": end, "seconds": end}):
            made = await (self._of_alert if wish.alert_id else self._of_matchers)(call, wish)
        return answer(wire_v1.one(self._entry()(made)), status=201)

    async def show(self, call: Call) -> web.Response:
        silence = await found(self._doors, call, Silence)
        return answer(wire_v1.one(self._entry()(silence)))

    async def end(self, call: Call) -> web.Response:
        silence = await self._doors.bus.execute(
            EndSilence(caller=call.client.caller, key=call.key, silence_id=call.params["id"])
        )
        return answer(wire_v1.one(self._entry()(silence)))

    async def _of_matchers(self, call: Call, wish: NewSilence) -> Silence:
        source = IntegrationId(wish.integration_id) if wish.integration_id else None
        command = AddSilence(
            caller=call.client.caller,
            key=call.key,
            matchers=tuple(wish.matchers or ()),
            ends_at=wish.ends_at,
            seconds=wish.seconds,
            reason=wish.reason or "",
            integration_id=source,
        )
        return await self._made(command, "integration_id")

    async def _of_alert(self, call: Call, wish: NewSilence) -> Silence:
        if wish.matchers or wish.integration_id:
            message = "The alert says which alerts; leave out the matchers and the alert source."
            raise InvalidInput(message, field="alert_id")
        command = SilenceAlert(
            caller=call.client.caller,
            key=call.key,
            alert_id=EpisodeId(wish.alert_id or ""),
            seconds=_seconds(wish, self._doors.clock()),
            reason=wish.reason or "",
        )
        return await self._made(command, "alert_id")

    async def _made(self, command: AddSilence | SilenceAlert, field: str) -> Silence:
        try:
            return await self._doors.bus.execute(command)
        except NotFound as error:
            raise InvalidInput(str(error), field=field) from error

    async def _in_force(self, call: Call) -> bytes:
        """There are few enough to page through them here."""
        query: SilencesQuery = call.query
        paging, now = query.paging(), self._doors.clock()
        every = await silences_in_force(
            self._doors.seen_by(call.client), call.client.organization_id, now
        )
        word = (query.search or "").casefold()
        found = [one for one in every if word in one.search_text.casefold()]
        rest = found[paging.offset :]
        if after := paging.after:
            rest = [one for one in found if (one.created_at, one.id) < after]
        shown = rest[: paging.limit]
        more = len(rest) > len(shown)
        return wire_v1.many(
            [silence_json(one, now) for one in shown],
            paging,
            total=len(found),
            next_cursor=cursor_of((shown[-1].created_at, shown[-1].id)) if more else None,
        )

    def _entry(self) -> Callable[[Silence], dict[str, Any]]:
        return partial(silence_json, now=self._doors.clock())


def silence_json(one: Silence, now: datetime) -> dict[str, Any]:
    return {
        "id": one.id,
        "state": "over" if one.over or one.ends_at <= now else "active",
        "matchers": one.matchers,
        "integration_id": one.integration_id,
        "reason": one.reason or None,
        "by": one.by,
        "starts_at": instant(one.created_at),
        "ends_at": instant(one.ends_at),
        "created_by": one.created_by,
    }


def _seconds(wish: NewSilence, now: datetime) -> int:
    if wish.seconds is not None:
        if wish.ends_at is not None:
            raise InvalidInput("Give ends_at or seconds, one of them.", field="seconds")
        return wish.seconds
    if wish.ends_at is None:
        raise InvalidInput("Say when it ends, or how many seconds it lasts.", field="ends_at")
    return int((wish.ends_at - now).total_seconds())
