"""The operations on heartbeats."""

from bot.api.heartbeats.shapes import (
    HeartbeatAnswer,
    HeartbeatChange,
    HeartbeatLine,
    NewHeartbeat,
    PingQuery,
)
from bot.api.lists_v1 import Many
from bot.api.operations import Access, Operation, Tag
from bot.api.record_pages import RecordsQuery
from bot.api.resources import Resource
from core.domain.actor import Permission

HEARTBEATS = Resource(
    path="/api/v1/heartbeats",
    one="heartbeat",
    many="heartbeats",
    tag=Tag.TOCSIN,
    see=Permission.READ_INTEGRATIONS,
    change=Permission.WRITE_INTEGRATIONS,
    lines=Many[HeartbeatLine],
    answer=HeartbeatAnswer,
)

LIST = HEARTBEATS.list("List heartbeats, newest first", query=RecordsQuery)
CREATE = HEARTBEATS.add(
    "Add a heartbeat, whose silence rings",
    description="The token is shown in this answer only. It rings once it was heard and is late.",
    body=NewHeartbeat,
    example={"name": "Nightly backup", "interval": 86_400, "grace": 1_800, "severity": "high"},
)
SHOW = HEARTBEATS.show("One heartbeat")
EDIT = HEARTBEATS.edit(
    "Change a heartbeat; what is left out stays",
    body=HeartbeatChange,
    example={"grace": 3_600},
)
DELETE = HEARTBEATS.delete("Delete a heartbeat; what it rang for is over")


def _ping(method: str, name: str) -> Operation:
    return Operation(
        method=method,
        path="/v2/heartbeat/{id}/ping",
        name=name,
        summary="Say that it lives",
        description="Takes the token of the heartbeat as a Bearer or in the query, or a key with "
        "the scope events:write. The method makes no difference.",
        tag=Tag.INCIDENT_IO,
        needs=Access.SOURCE,
        query=PingQuery,
        answers={204: None},
    )


PINGS = (
    _ping("GET", "heartbeats_v2_ping_by_get"),
    _ping("POST", "heartbeats_v2_ping"),
    _ping("PUT", "heartbeats_v2_ping_by_put"),
)
