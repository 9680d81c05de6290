"""The operations on incidents and their updates."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from bot.api.dialects.incident_io import incident_shapes as shapes
from bot.api.dialects.incident_io import incident_wishes as wishes
from bot.api.dialects.incident_io.operations import SEE, operation
from bot.api.dialects.incident_io.paging import MOST_INCIDENTS, USUAL, After, Blankless
from core.domain.actor import Permission

CHANGE = Permission.WRITE_INCIDENTS
Ids: TypeAlias = Annotated[list[str], Field(description="Any of these ids.")]
NotIds: TypeAlias = Annotated[list[str], Field(description="None of these ids.")]
Day: TypeAlias = Annotated[
    str | None, Field(description="A time, or a day, which is its first moment.")
]
Range: TypeAlias = Annotated[str | None, Field(description="Two of them, as a~b; both included.")]

FILTERS = """Filters are `field[op]=value`, may be repeated, and narrow each other unless
`filter_mode` is any. Besides those listed: `incident_role[ID][op]` and `custom_field[ID][op]` with
the ops one_of, not_in and is_blank (true or false)."""


class IncidentsQueryV2(Blankless):
    page_size: Annotated[int, Field(ge=1, le=MOST_INCIDENTS)] = USUAL
    after: After = None
    sort_by: Literal["created_at_newest_first", "created_at_oldest_first"] = (
        "created_at_newest_first"
    )
    filter_mode: Literal["all", "any"] = "all"
    status_one_of: Ids = Field([], alias="status[one_of]")
    status_not_in: NotIds = Field([], alias="status[not_in]")
    status_category_one_of: Ids = Field([], alias="status_category[one_of]")
    status_category_not_in: NotIds = Field([], alias="status_category[not_in]")
    severity_one_of: Ids = Field([], alias="severity[one_of]")
    severity_not_in: NotIds = Field([], alias="severity[not_in]")
    severity_gte: Annotated[str | None, Field(alias="severity[gte]")] = None
    severity_lte: Annotated[str | None, Field(alias="severity[lte]")] = None
    incident_type_one_of: Ids = Field([], alias="incident_type[one_of]")
    incident_type_not_in: NotIds = Field([], alias="incident_type[not_in]")
    mode_one_of: list[str] = Field(
        [],
        alias="mode[one_of]",
        description="standard, retrospective, test or tutorial; absent: the first two.",
    )
    created_at_gte: Annotated[Day, Field(alias="created_at[gte]")] = None
    created_at_lte: Annotated[Day, Field(alias="created_at[lte]")] = None
    created_at_range: Annotated[Range, Field(alias="created_at[date_range]")] = None
    updated_at_gte: Annotated[Day, Field(alias="updated_at[gte]")] = None
    updated_at_lte: Annotated[Day, Field(alias="updated_at[lte]")] = None
    updated_at_range: Annotated[Range, Field(alias="updated_at[date_range]")] = None


LIST_V2 = operation(
    "GET /v2/incidents",
    "incidents_v2_list",
    "List incidents, newest first",
    SEE,
    {200: shapes.IncidentsV2},
    query=IncidentsQueryV2,
    description=FILTERS,
)
CREATE_V2 = operation(
    "POST /v2/incidents",
    "incidents_v2_create",
    "Declare an incident",
    CHANGE,
    {200: shapes.IncidentAnswerV2},
    body=wishes.NewIncidentV2,
    example={
        "idempotency_key": "checkout-2026-11-20",
        "visibility": "public",
        "name": "Checkout API errors",
        "severity_id": "severity_high",
    },
)
SHOW_V2 = operation(
    "GET /v2/incidents/{id}",
    "incidents_v2_show",
    "Show an incident, by its id or by the number of its reference",
    SEE,
    {200: shapes.IncidentAnswerV2},
)
EDIT_V2 = operation(
    "POST /v2/incidents/{id}/actions/edit",
    "incidents_v2_edit",
    "Change an incident; what is left out stays",
    CHANGE,
    {200: shapes.IncidentAnswerV2},
    body=wishes.IncidentEditBody,
    refuses=frozenset({409, 412}),
    example={
        "incident": {"incident_status_id": "status_fixing"},
        "notify_incident_channel": True,
    },
)
LIST_V1 = operation(
    "GET /v1/incidents",
    "incidents_v1_list",
    "List incidents, newest first",
    SEE,
    {200: shapes.IncidentsV1},
    query=shapes.IncidentsQueryV1,
    deprecated=True,
)
CREATE_V1 = operation(
    "POST /v1/incidents",
    "incidents_v1_create",
    "Declare an incident",
    CHANGE,
    {200: shapes.IncidentAnswerV1},
    body=wishes.NewIncidentV1,
    deprecated=True,
    example={
        "idempotency_key": "checkout-2026-11-21",
        "visibility": "public",
        "name": "Checkout API errors",
        "severity_id": "severity_high",
        "status": "investigating",
    },
)
SHOW_V1 = operation(
    "GET /v1/incidents/{id}",
    "incidents_v1_show",
    "Show an incident, by its id or by the number of its reference",
    SEE,
    {200: shapes.IncidentAnswerV1},
    deprecated=True,
)
LIST_UPDATES = operation(
    "GET /v2/incident_updates",
    "incident_updates_v2_list",
    "List updates, newest first",
    SEE,
    {200: shapes.IncidentUpdatesV2},
    query=shapes.IncidentUpdatesQueryV2,
)
CREATE_UPDATE = operation(
    "POST /v2/incident_updates",
    "incident_updates_v2_create",
    "Tell how an incident stands",
    CHANGE,
    {201: shapes.IncidentUpdateAnswerV2},
    body=wishes.NewIncidentUpdate,
    refuses=frozenset({409, 412}),
    example={
        "idempotency_key": "update-1",
        "incident_id": "inc_1",
        "message": "The bad deploy is being rolled back.",
        "to_incident_status_id": "status_fixing",
    },
)
