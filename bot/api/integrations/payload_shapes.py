"""What alert sources sent, and what a payload means, on the wire of `/api/v1`."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from bot.api.integrations.shapes import Settings
from bot.api.lists_v1 import OneMeta
from bot.api.shape import Shape


class DryRun(Shape):
    """`settings` go before those of the source, so that a mapping can be tried before it is
    saved."""

    payload: Annotated[
        Any, Field(description="What the tool sends, as JSON.", examples=[{"alerts": []}])
    ]
    settings: Settings | None = None


class HeardAlert(Shape):
    """An alert as it is understood."""

    key: str = Field(description="Those with the same key are about the same thing.")
    group: str = Field(description="Those with the same group belong into one incident.")
    name: str
    title: str = Field(description="Of the incident that it would open.")
    status: Literal["firing", "acknowledged", "resolved", "edited"]
    severity: Literal["critical", "high", "medium", "low"]
    summary: str
    description: str
    labels: dict[str, str]
    links: dict[str, str]
    starts_at: datetime
    ends_at: datetime | None


class DryRunWhole(Shape):
    alerts: list[HeardAlert] = Field(description="The first hundred.")
    total: int


class DryRunAnswer(DryRunWhole):
    data: DryRunWhole
    meta: OneMeta


class PayloadAlert(Shape):
    """What became of an alert since it was last heard of."""

    alert_id: str | None
    name: str
    status: Literal["firing", "acknowledged", "resolved", "edited"]
    fate: str | None = Field(examples=["grouped into INC-42"])
    incident_id: str | None


class PayloadLine(Shape):
    """Something that a source sent at once, secrets masked."""

    id: str
    received_at: datetime
    replayed_at: datetime | None
    size: int = Field(description="In bytes.")
    state: Literal["waiting", "dealt_with", "refused"]
    reason: str | None = Field(description="Why it was refused.")
    dealt_at: datetime | None
    content: Any = Field(description="The JSON that was sent; null where it is too large.")
    text: str | None = Field(description="Its beginning, where there is no `content`.")
    alerts: list[PayloadAlert] = Field(description="The first five that it states.")
    alerts_total: int | None = Field(description="How many it states; null where it is too large.")


class PayloadList(Shape):
    data: list[PayloadLine]
    items: list[PayloadLine]


class ReplayWhole(Shape):
    id: str
    state: Literal["waiting"]


class ReplayAnswer(ReplayWhole):
    data: ReplayWhole
    meta: OneMeta
