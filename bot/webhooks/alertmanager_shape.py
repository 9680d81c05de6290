"""The shape of Alertmanager's webhook, version 4, as far as we read it."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, model_validator

_FIRST, _LAST = 1970, 9000
NEVER = 1
"""The year in which Go says that something has not happened."""


def _plausible(at: datetime) -> datetime:
    if not _FIRST <= at.year < _LAST:
        raise ValueError(f"The year {at.year} is no year in which an alert can begin.")
    return at.astimezone(UTC)


def _end(at: datetime) -> datetime | None:
    return at.astimezone(UTC) if _FIRST <= at.year < _LAST else None


Start = Annotated[AwareDatetime, AfterValidator(_plausible)]
End = Annotated[AwareDatetime, AfterValidator(_end)]
Labels = dict[str, str]


class AlertShape(BaseModel):
    """An `endsAt` that nobody can mean, such as the year 1, is None."""

    model_config = ConfigDict(populate_by_name=True)

    status: Literal["firing", "resolved"]
    labels: Labels
    annotations: Labels = Field(default_factory=dict)
    starts_at: Start = Field(alias="startsAt")
    ends_at: End | None = Field(default=None, alias="endsAt")
    generator_url: str = Field(default="", alias="generatorURL")
    fingerprint: str = ""

    @model_validator(mode="after")
    def _can_be_told_apart(self) -> "AlertShape":
        if not self.labels and not self.fingerprint:
            raise ValueError("An alert needs labels or a fingerprint, to be told from others.")
        return self


class NotificationShape(BaseModel):
    alerts: list[AlertShape]
    group_labels: Labels = Field(default_factory=dict, alias="groupLabels")
    common_annotations: Labels = Field(default_factory=dict, alias="commonAnnotations")
