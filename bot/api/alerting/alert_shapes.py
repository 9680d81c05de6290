"""Alerts on the wire of `/api/v1`; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StrictInt

from bot.api.closed_words import ANY_CASE
from bot.api.lists_v1 import OneMeta
from bot.api.paging import PageQuery
from bot.api.shape import Shape

FateWord: TypeAlias = Literal[
    "declared",
    "grouped",
    "attached",
    "storm",
    "split",
    "notified",
    "dropped",
    "dismissed",
    "held",
    "passed",
    "suppressed",
    "silenced",
    "inhibited",
    "recorded",
]
Level: TypeAlias = Literal["critical", "high", "medium", "low"]

_FATE = "What became of it, in one word."
_SENTENCE = "What became of it, to be read."
_SAID = "grouped into INC-42"


class AlertsQuery(PageQuery):
    status: Annotated[
        Literal["firing", "resolved"] | None, ANY_CASE, Field(None, description="Only these.")
    ]
    fate: Annotated[
        str | None,
        Field(None, description="Only these fates; several with commas.", examples=["dropped"]),
    ]
    integration_id: Annotated[str | None, Field(None, description="Of this alert source.")]
    incident_id: Annotated[
        str | None, Field(None, description="Of this incident, by id or as INC-42.")
    ]
    service_id: Annotated[str | None, Field(None, description="Of this service.")]
    deduplication_key: Annotated[str | None, Field(None, description="What its source calls it.")]
    kept_by: Annotated[
        str | None,
        Field(None, description="Kept quiet by this silence, rule or incident, by id."),
    ]


class AlertIncident(Shape):
    id: str
    reference: str = Field(examples=["INC-42"])
    title: str
    active: bool


class AlertWindow(Shape):
    id: str
    reference: str = Field(examples=["MNT-3"])
    title: str


class AlertLine(Shape):
    """From one start to one end. Times are by the clock of its source."""

    id: str
    name: str = Field(examples=["HighLatency"])
    title: str
    status: Literal["firing", "resolved"]
    severity: Level
    integration_id: str
    deduplication_key: str
    fate: FateWord = Field(description=_FATE)
    fate_sentence: str = Field(description=_SENTENCE, examples=[_SAID])
    kept_by: str | None = Field(
        description="The silence that keeps it quiet or kept it last, the incident that inhibits "
        "it, or the rule that decided on it."
    )
    incident: AlertIncident | None
    maintenance: AlertWindow | None = Field(description="What suppressed it, if anything did.")
    service_id: str | None
    labels: dict[str, str] = Field(examples=[{"service": "checkout"}])
    links: dict[str, str] = Field(examples=[{"Runbook": "https://example.com/runbooks/checkout"}])
    tags: list[str]
    group: str = Field(description="Alerts with the same one belong into one incident.")
    flapping: bool
    count: int = Field(description="How often it was said, where its source wants to know.")
    starts_at: datetime
    ends_at: datetime | None
    held_until: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    snoozed_until: datetime | None
    owner: str | None


class AlertNoteLine(Shape):
    at: datetime
    by: str
    text: str


class AlertEpisode(Shape):
    """The same alert, at another time."""

    id: str
    status: Literal["firing", "resolved"]
    starts_at: datetime
    ends_at: datetime | None
    fate: FateWord = Field(description=_FATE)
    fate_sentence: str = Field(description=_SENTENCE, examples=[_SAID])


class AlertWhole(AlertLine):
    description: str
    notes: list[AlertNoteLine] = Field(description="What was said of it, oldest first.")
    history: list[AlertEpisode] = Field(
        description="The last times that it fired, this one among them, newest first."
    )


class AlertAnswer(AlertWhole):
    data: AlertWhole
    meta: OneMeta


class AlertsMeta(Shape):
    limit: int


class AlertsAnswer(Shape):
    """A list, under the names that both products have for it."""

    data: list[AlertLine]
    items: list[AlertLine]
    meta: AlertsMeta
    next_cursor: str | None = Field(description="Where the next page begins; null on the last one.")


class SilenceWish(Shape):
    seconds: Annotated[StrictInt | None, Field(description="How long; an hour.")] = None
    reason: Annotated[str | None, Field(examples=["It is known."])] = None
