"""The operations on severities, statuses, types, roles and custom fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from aiohttp.web import Response
from pydantic import BaseModel

from bot.api.dialects.incident_io import catalogue_shapes as shapes
from bot.api.dialects.incident_io import field_shapes as fields
from bot.api.operations import Access, Call, Operation, Tag
from bot.api.server import Server
from core.domain.actor import Permission

SEE = Permission.READ_INCIDENTS
NAME = Permission.WRITE_ORGANIZATIONS
"""What an organisation calls things is among its settings."""


def operation(
    request: str,
    name: str,
    summary: str,
    needs: Permission | Access,
    answers: Mapping[int, type[BaseModel] | None],
    **rest: Any,
) -> Operation:
    """`request` is a method and a path."""
    method, path = request.split(" ")
    return Operation(
        method=method,
        path=path,
        name=name,
        summary=summary,
        tag=Tag.INCIDENT_IO,
        needs=needs,
        answers=answers,
        **rest,
    )


class Routes(Protocol):
    """Who answers for a noun."""

    async def list(self, call: Call) -> Response: ...

    async def show(self, call: Call) -> Response: ...

    async def create(self, call: Call) -> Response: ...

    async def update(self, call: Call) -> Response: ...

    async def delete(self, call: Call) -> Response: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """The five operations on what is kept under one path."""

    path: str
    name: str
    one: str
    many: str
    list_answer: type[BaseModel]
    answer: type[BaseModel]
    new: type[BaseModel]
    change: type[BaseModel]
    example: Mapping[str, Any]
    gone: int = 204
    reads: Permission = SEE
    writes: Permission = NAME
    list_query: type[BaseModel] | None = None

    def serve(self, server: Server, routes: Routes) -> None:
        server.add(self.list, routes.list)
        server.add(self.show, routes.show)
        server.add(self.create, routes.create)
        server.add(self.update, routes.update)
        server.add(self.delete, routes.delete)

    @property
    def list(self) -> Operation:
        return operation(
            f"GET {self.path}",
            f"{self.name}_list",
            f"List {self.many}",
            self.reads,
            {200: self.list_answer},
            query=self.list_query,
        )

    @property
    def show(self) -> Operation:
        return operation(
            f"GET {self.path}/{{id}}",
            f"{self.name}_show",
            f"Show {self.one}",
            self.reads,
            {200: self.answer},
        )

    @property
    def create(self) -> Operation:
        return operation(
            f"POST {self.path}",
            f"{self.name}_create",
            f"Add {self.one}",
            self.writes,
            {201: self.answer},
            body=self.new,
            example=self.example,
        )

    @property
    def update(self) -> Operation:
        return operation(
            f"PUT {self.path}/{{id}}",
            f"{self.name}_update",
            f"Change {self.one}",
            self.writes,
            {200: self.answer},
            body=self.change,
            refuses=frozenset({409}),
        )

    @property
    def delete(self) -> Operation:
        return operation(
            f"DELETE {self.path}/{{id}}",
            f"{self.name}_delete",
            f"Delete {self.one}",
            self.writes,
            {self.gone: None},
            refuses=frozenset({409}),
        )


SEVERITIES = Noun(
    path="/v1/severities",
    name="severities_v1",
    one="a severity",
    many="severities",
    list_answer=shapes.SeveritiesV1,
    answer=shapes.SeverityAnswerV1,
    new=shapes.SeverityBodyV1,
    change=shapes.SeverityBodyV1,
    example={"name": "Sev zero", "description": "Everything is down.", "rank": 5},
    gone=202,
)
STATUSES = Noun(
    path="/v1/incident_statuses",
    name="incident_statuses_v1",
    one="a status of incidents",
    many="statuses of incidents",
    list_answer=shapes.IncidentStatusesV1,
    answer=shapes.IncidentStatusAnswerV1,
    new=shapes.NewIncidentStatusV1,
    change=shapes.IncidentStatusChangeV1,
    example={"name": "Mitigating", "description": "Customers feel less.", "category": "live"},
    gone=202,
)
ROLES = Noun(
    path="/v2/incident_roles",
    name="incident_roles_v2",
    one="a role",
    many="roles in incidents",
    list_answer=shapes.IncidentRolesV2,
    answer=shapes.IncidentRoleAnswerV2,
    new=shapes.IncidentRoleBodyV2,
    change=shapes.IncidentRoleBodyV2,
    example={
        "name": "Customer liaison",
        "shortform": "liaison",
        "description": "Speaks with customers.",
        "instructions": "Call them first.",
    },
)
FIELDS = Noun(
    path="/v2/custom_fields",
    name="custom_fields_v2",
    one="a custom field",
    many="custom fields",
    list_answer=fields.CustomFieldsV2,
    answer=fields.CustomFieldAnswerV2,
    new=fields.NewCustomFieldV2,
    change=fields.CustomFieldChangeV2,
    example={"name": "Team", "description": "Whose it is.", "field_type": "single_select"},
)
OPTIONS = Noun(
    path="/v1/custom_field_options",
    name="custom_field_options_v1",
    one="an option of a custom field",
    many="the options of a custom field",
    list_answer=fields.CustomFieldOptionsV1,
    answer=fields.CustomFieldOptionAnswerV1,
    new=fields.NewCustomFieldOptionV1,
    change=fields.CustomFieldOptionChangeV1,
    example={"custom_field_id": "fld_1", "value": "Payments", "sort_key": 10},
    list_query=fields.CustomFieldOptionsQueryV1,
)
LIST_TYPES = operation(
    "GET /v1/incident_types",
    "incident_types_v1_list",
    "List types of incidents; there is one",
    SEE,
    {200: shapes.IncidentTypesV1},
)
SHOW_TYPE = operation(
    "GET /v1/incident_types/{id}",
    "incident_types_v1_show",
    "Show a type of incidents",
    SEE,
    {200: shapes.IncidentTypeAnswerV1},
)
