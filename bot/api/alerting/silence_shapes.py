"""Silences on the wire of `/api/v1`; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StrictInt

from bot.api.closed_words import ANY_CASE
from bot.api.lists_v1 import OneMeta
from bot.api.moments import Moment
from bot.api.record_pages import RecordsQuery
from bot.api.shape import Shape

_MATCHERS = "All of these hold for the labels of an alert, as Alertmanager writes them."


class NewSilence(Shape):
    """One of `matchers` and `alert_id` says which alerts, one of `ends_at` and `seconds` says
    how long."""

    matchers: Annotated[
        list[str] | None, Field(description=_MATCHERS, examples=[['service="checkout"']])
    ] = None
    alert_id: Annotated[
        str | None, Field(description="Alerts like this one, whatever their instance.")
    ] = None
    ends_at: Annotated[Moment | None, Field(description="When it ends.")] = None
    seconds: Annotated[
        StrictInt | None, Field(description="How long from now, in place of ends_at.")
    ] = None
    reason: Annotated[str | None, Field(examples=["The disks are being replaced."])] = None
    integration_id: Annotated[
        str | None, Field(description="Of this alert source only; then matchers may be missing.")
    ] = None


class SilenceLine(Shape):
    id: str
    state: Literal["active", "over"]
    matchers: list[str] = Field(description=_MATCHERS, examples=[['service="checkout"']])
    integration_id: str | None
    reason: str | None = Field(examples=["The disks are being replaced."])
    by: str = Field(description="Who asked for it.", examples=["Alice Archer"])
    starts_at: datetime
    ends_at: datetime
    created_by: str | None


class SilenceAnswer(SilenceLine):
    data: SilenceLine
    meta: OneMeta


class SilencesQuery(RecordsQuery):
    state: Annotated[
        Literal["active", "all"] | None,
        ANY_CASE,
        Field(None, description="active leaves out those that are over; all of them otherwise."),
    ]
