"""Prometheus itself, which sends its alerts as it would to an Alertmanager."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, RootModel, ValidationError

from bot.web.problems import Problem, Refusal
from bot.web.validation import issues_of
from bot.webhooks.alertmanager_shape import End as Moment
from bot.webhooks.alertmanager_shape import Labels
from bot.webhooks.labelled import fingerprint_of, group_key, group_title, labelled_alert
from bot.webhooks.source import Heard, NotUnderstood, Source
from core.domain.alert import Alert, AlertStatus

GROUPED_BY = ("alertname", "cluster", "namespace", "service")
"""Prometheus groups nothing; what has the same values of these belongs together."""


class PostedShape(BaseModel):
    """An alert as Prometheus posts it. It has no status: its end is in the past once it is over,
    and until then it is a lease that each repetition renews. The year 1 says nothing."""

    model_config = ConfigDict(populate_by_name=True)

    labels: Labels = Field(min_length=1)
    annotations: Labels = Field(default_factory=dict)
    starts_at: Moment | None = Field(default=None, alias="startsAt")
    ends_at: Moment | None = Field(default=None, alias="endsAt")
    generator_url: str = Field(default="", alias="generatorURL")


class PostedShapes(RootModel[list[PostedShape]]):
    """What is posted at once."""


def require(payload: Any, _: Heard) -> PostedShapes:
    """A `Refusal` that names the fields, unless it is a list of alerts."""
    try:
        return PostedShapes.model_validate(payload)
    except ValidationError as error:
        raise Refusal(Problem(status=422, issues=issues_of(error))) from error


def parse(payload: Any, heard: Heard) -> list[Alert]:
    """The statements of one request; `NotUnderstood` when it is none."""
    try:
        shapes = PostedShapes.model_validate(payload)
    except ValidationError as error:
        raise NotUnderstood(" ".join(issue.message for issue in issues_of(error))) from error
    return [_alert(shape, heard.received_at) for shape in shapes.root]


def _alert(shape: PostedShape, now: datetime) -> Alert:
    over = shape.ends_at is not None and shape.ends_at <= now
    shared = {name: shape.labels[name] for name in GROUPED_BY if name in shape.labels}
    return labelled_alert(
        shape,
        fingerprint=fingerprint_of(shape.labels),
        group=(group_key(shared), group_title(shared)),
        status=AlertStatus.RESOLVED if over else AlertStatus.FIRING,
        heard_at=now,
        offered={"Graph": shape.generator_url},
    )


PROMETHEUS = Source(
    name="prometheus",
    title="Prometheus",
    parse=parse,
    require=require,
    also_at=("api/v2/alerts",),
    status=200,
)
