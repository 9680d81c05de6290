"""Alerts on incident.io's wire; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from bot.api.dialects.incident_io.paging import USUAL, After, Blankless, PaginationMeta
from bot.api.shape import Shape

MOST_ALERTS = 50
PageSize: TypeAlias = Annotated[int, Field(ge=1, le=MOST_ALERTS)]


class AlertEventQuery(Shape):
    token: Annotated[
        str | None, Field(description="The token of the alert source, where no header can be set.")
    ] = None


class AlertEventAnswer(Shape):
    status: Literal["success"]
    message: str
    deduplication_key: str


class AlertWindow(Shape):
    id: str
    reference: str
    name: str


class AlertSlimV2(Shape):
    """`description`, `source_url`, `resolved_at` and `maintenance_window` are absent where there
    is none."""

    id: str
    title: str
    description: str | None = None
    alert_source_id: str
    deduplication_key: str
    status: Literal["firing", "resolved"]
    source_url: str | None = None
    alert_group_ids: list[str] = Field(description="Always empty: groups have no id here.")
    created_at: datetime
    updated_at: datetime
    resolved_at: datetime | None = None
    suppressed: bool = Field(
        description="Whether a maintenance window keeps it from calling anybody, or kept it."
    )
    maintenance_window: AlertWindow | None = Field(
        None, description="The one that suppressed it, also after it was raised at the end."
    )


class AlertV2(AlertSlimV2):
    attributes: list[dict[str, Any]] = Field(description="Always empty.")
    tags: list[dict[str, Any]] = Field(description="Always empty.")


class AlertAnswer(Shape):
    alert: AlertV2


class AlertsAnswer(Shape):
    alerts: list[AlertV2]
    pagination_meta: PaginationMeta


class AlertsQuery(Blankless):
    """Filters besides: `deduplication_key[is]`, `status[one_of]`, `alert_source[one_of]`,
    `maintenance_window[is]`, `created_at[gte]`, `[lte]` and `[date_range]`."""

    page_size: PageSize = USUAL
    after: After = None


class IncidentSlimV2(Shape):
    id: str
    external_id: int
    reference: str
    name: str
    summary: str
    status_category: str
    visibility: Literal["public", "private"]


class IncidentAlertV2(Shape):
    id: str
    alert: AlertSlimV2
    incident: IncidentSlimV2


class IncidentAlertAnswer(Shape):
    incident_alert: IncidentAlertV2


class IncidentAlertsAnswer(Shape):
    incident_alerts: list[IncidentAlertV2]
    pagination_meta: PaginationMeta


class IncidentAlertsQuery(Blankless):
    incident_id: str | None = None
    alert_id: str | None = None
    page_size: PageSize = USUAL
    after: After = None


class NewIncidentAlert(Shape):
    incident_id: str
    alert_id: str
