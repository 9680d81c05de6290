"""The incident that a request is about, read through the eyes of whoever asks."""

from typing import Any

from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import tagged
from bot.api.auth import Client
from bot.api.doors import Doors
from bot.api.entity_tags import expected_version
from bot.api.giving_up import record_to_change
from bot.api.operations import Call
from bot.api.paging import Paging
from core.domain.ids import UserId
from core.errors import InvalidInput, NotFound
from core.ports import ReadModels
from core.views import IncidentRecord, IncidentRow


class AtHand:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def reads(self, call: Call) -> ReadModels:
        return self._doors.seen_by(call.client)

    async def row(self, call: Call) -> IncidentRow:
        """By id or reference; `NotFound` also for whom it is kept from."""
        return await self.named(call, call.params["id"])

    async def named(self, call: Call, id: str) -> IncidentRow:
        return (await self.reads(call).incident(call.client.organization_id, id)).row

    async def meant(self, call: Call, id: str, *, field: str) -> IncidentRow:
        """The same for one out of a body: `InvalidInput` names its `field`."""
        try:
            return await self.named(call, id)
        except NotFound as error:
            raise InvalidInput(str(error), field=field) from error

    async def to_change(self, call: Call) -> tuple[IncidentRow, dict[str, Any]]:
        """With what every command on it begins with."""
        record = await record_to_change(self._doors, call.client, call.key, call.params["id"])
        row = record.row
        return row, {
            "caller": call.client.caller,
            "key": call.key,
            "incident_id": row.id,
            "expected_version": expected_version(call.request, row.version),
        }

    async def shown(self, call: Call, id: str) -> web.Response:
        """As it is now."""
        record = await self.reads(call).incident(call.client.organization_id, id)
        return record_shown(record, call.client)

    async def names(self, call: Call) -> dict[UserId, str]:
        """Of everybody, also of those who have left."""
        users = await self._doors.reads.users(call.client.organization_id, deleted_too=True)
        return {user.id: user.name for user in users}


def record_shown(record: IncidentRecord, client: Client, *, status: int = 200) -> web.Response:
    body = wire_v1.one(wire_v1.record_json(record, client.dialect))
    return tagged(body, record.row.version, status=status)


def paging_of(call: Call, what: str) -> Paging:
    """Of a list that is short enough to be read whole, and so has no cursor."""
    paging: Paging = call.query.paging()
    if paging.after:
        raise InvalidInput(f"{what} have no cursor; use offset or page.", field="cursor")
    return paging
