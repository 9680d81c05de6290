"""Heartbeats on the wire of `/api/v1`; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictBool, StrictInt

from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape

_INTERVAL = "It is expected so often, in seconds."
_GRACE = "So many seconds more are waited before it rings."
_SEVERITY = "Of the incident that its silence opens."


class NewHeartbeat(Shape):
    name: Annotated[str, Field(examples=["Nightly backup"])]
    interval: Annotated[StrictInt, Field(description=_INTERVAL, examples=[86_400])]
    grace: Annotated[StrictInt | None, Field(description=_GRACE, examples=[1_800])] = None
    severity: Annotated[str | None, Field(description=_SEVERITY, examples=["high"])] = None
    description: str | None = None
    service_id: Annotated[str | None, Field(description="Whose incident it opens.")] = None


class HeartbeatChange(Shape):
    """What is absent or null stays."""

    name: str | None = None
    interval: Annotated[StrictInt | None, Field(description=_INTERVAL)] = None
    grace: Annotated[StrictInt | None, Field(description=_GRACE)] = None
    severity: Annotated[str | None, Field(description=_SEVERITY)] = None
    description: str | None = None
    enabled: Annotated[
        StrictBool | None,
        Field(description="Off, it does not ring; on again, it does once it was heard once more."),
    ] = None


class HeartbeatLine(Shape):
    id: str
    name: str
    description: str
    interval: int = Field(description=_INTERVAL)
    grace: int = Field(description=_GRACE)
    severity: Literal["critical", "high", "medium", "low"]
    service_id: str | None
    enabled: bool
    state: Literal["new", "alive", "missing", "off"] = Field(
        description="New until it was heard for the first time; missing while it rings."
    )
    last_ping_at: datetime | None
    expires_at: datetime | None = Field(description="When it rings unless it is heard before.")
    ping_url: str = Field(
        examples=["https://tocsin.example.com/v2/heartbeat/hbt_1/ping"],
        description="Where it says that it lives, with its token.",
    )
    created_by: str | None
    created_at: datetime
    updated_at: datetime


class HeartbeatWhole(HeartbeatLine):
    token: str | None = Field(description="Shown when it is made, and null ever after.")


class HeartbeatAnswer(HeartbeatWhole):
    data: HeartbeatWhole
    meta: OneMeta


class PingQuery(Shape):
    token: Annotated[
        str | None, Field(None, description="Its token, where a header cannot be sent.")
    ]
