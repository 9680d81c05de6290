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
from core.domain.actor import Permission

EVERY = "/api/v1/heartbeats"
ONE = f"{EVERY}/{{id}}"
SEE, CHANGE = Permission.READ_INTEGRATIONS, Permission.WRITE_INTEGRATIONS
REFUSED = frozenset({409})

LIST = Operation(
    method="GET",
    path=EVERY,
    name="list_heartbeats",
    summary="List heartbeats, newest first",
    tag=Tag.TOCSIN,
    needs=SEE,
    query=RecordsQuery,
    answers={200: Many[HeartbeatLine]},
)
CREATE = Operation(
    method="POST",
    path=EVERY,
    name="create_heartbeat",
    summary="Add a heartbeat, whose silence rings",
    description="The token is shown in this answer only. It rings once it was heard and is late.",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=NewHeartbeat,
    answers={201: HeartbeatAnswer},
    example={"name": "Nightly backup", "interval": 86_400, "grace": 1_800, "severity": "high"},
)
SHOW = Operation(
    method="GET",
    path=ONE,
    name="get_heartbeat",
    summary="One heartbeat",
    tag=Tag.TOCSIN,
    needs=SEE,
    answers={200: HeartbeatAnswer},
)
EDIT = Operation(
    method="PATCH",
    path=ONE,
    name="update_heartbeat",
    summary="Change a heartbeat; what is left out stays",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    body=HeartbeatChange,
    answers={200: HeartbeatAnswer},
    refuses=REFUSED,
    example={"grace": 3_600},
)
DELETE = Operation(
    method="DELETE",
    path=ONE,
    name="delete_heartbeat",
    summary="Delete a heartbeat; what it rang for is over",
    tag=Tag.TOCSIN,
    needs=CHANGE,
    answers={204: None},
    refuses=REFUSED,
)


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
