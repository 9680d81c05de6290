"""Incidents on the wire of `/api/v1`: two products' bodies in one; unknown keys are ignored."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import AfterValidator, Field, StrictBool

from bot.api.lists_v1 import OneMeta
from bot.api.moments import Moment
from bot.api.paging import PageQuery
from bot.api.shape import Shape
from core.domain.state import Phase, phase_named
from core.errors import InvalidInput

MOST_ENTRIES = 100


def _phase_word(word: str) -> str:
    try:
        phase_named(word)
    except InvalidInput as error:
        raise ValueError(str(error)) from error
    return word


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("The message is empty; write what is known.")
    return text


Ids: TypeAlias = Annotated[list[str], Field(max_length=MOST_ENTRIES)]
SeverityWord: TypeAlias = Annotated[
    str,
    Field(
        description="critical, high (major), medium (moderate), low (minor) or sev1 to sev4.",
        examples=["high"],
    ),
]


class Message(Shape):
    type: Annotated[
        str,
        AfterValidator(_phase_word),
        Field(
            description="Investigating, Identified, Monitoring or Resolved.",
            examples=["Investigating"],
        ),
    ]
    description: Annotated[str, AfterValidator(_not_blank), Field(max_length=10_000)]

    @property
    def phase(self) -> Phase:
        return phase_named(self.type)


class NewMessage(Message):
    next_update_at: Annotated[
        Moment | None,
        Field(description="When the next one is promised; absent: no promise stands any more."),
    ] = None


class NewIncident(Shape):
    title: Annotated[str, Field(examples=["Checkout API errors"])]
    severity: SeverityWord
    description: str | None = None
    affected_services: Ids | None = None
    publish: Annotated[
        StrictBool | None,
        Field(description="Absent: a draft with an Observer key, else published."),
    ] = None
    initial_message: Message | None = None
    assignee: Annotated[str | None, Field(description="A user's id, address or name.")] = None
    visible_to_customer_ids: Ids | None = None
    tags: Ids | None = None
    links: Ids | None = None
    private: Annotated[
        StrictBool,
        Field(description="Only its members know of it, and whoever declares or leads it."),
    ] = False


class IncidentChange(Shape):
    """What is absent or null stays; only `assignee` means nobody when it is null or empty."""

    title: str | None = None
    severity: SeverityWord | None = None
    description: str | None = None
    status: str | None = None
    state: Annotated[str | None, Field(description="May not contradict the status.")] = None
    affected_services: Ids | None = None
    assignee: str | None = None
    visible_to_customer_ids: Ids | None = None
    postmortem_url: Annotated[str | None, Field(description="Empty takes it away.")] = None
    tags: Ids | None = None
    links: Ids | None = None
    resolution: Annotated[str | None, Field(description="What fixed it.")] = None
    root_cause: str | None = None


class IncidentsQuery(PageQuery):
    """Filters narrow each other; comma lists and repeated parameters add up."""

    status: list[str] = Field([], description="Any product's words for it.")
    state: list[str] = Field([], description="The same as status.")
    severity: list[str] = Field([], description="Any product's words for it.")
    search: Annotated[str | None, Field(description="Text in title or description.")] = None
    q: Annotated[str | None, Field(description="The same as search.")] = None
    service_id: str | None = None
    assignee_id: str | None = None
    since: Annotated[Moment | None, Field(description="Only those created then or later.")] = None


class ServiceName(Shape):
    id: str
    name: str


class MessageLine(Shape):
    id: str
    type: Literal["Investigating", "Identified", "Monitoring", "Resolved"]
    description: str
    date: datetime


class IncidentLine(Shape):
    """An incident in a list, with the keys of Overwatch and those of Observer's update object."""

    id: str
    reference: str = Field(examples=["INC-42"])
    title: str
    description: str
    severity: str = Field(examples=["high"])
    status: Literal["draft", "active", "resolved", "closed"]
    state: Literal["draft", "published", "resolved", "canceled"]
    type: Literal["Incident"]
    assignee: str | None
    created_by: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    published_at: datetime | None
    acknowledged_at: datetime | None
    resolved_at: datetime | None
    canceled_at: datetime | None
    scheduled_start_at: None
    scheduled_end_at: None
    actual_start_at: None
    actual_end_at: None
    postmortem_url: str | None
    affected_services: list[ServiceName]
    visible_to_customer_ids: list[str]
    tags: list[str]
    links: list[str]
    private: bool = Field(description="Only its members know of it.")


class WindowLine(Shape):
    """Maintenance of one of the incident's services that was in progress when it was declared."""

    id: str
    reference: str = Field(examples=["MNT-7"])
    title: str
    ends_at: datetime
    running: bool


class Neighbour(Shape):
    """Another incident that has to do with one."""

    id: str
    reference: str = Field(examples=["INC-6"])
    title: str


class IncidentWhole(IncidentLine):
    resolution: str | None = Field(description="What fixed it.")
    root_cause: str | None
    snoozed_until: datetime | None = Field(description="It opens again by itself then.")
    next_update_due: datetime | None = Field(description="When news was promised.")
    merged_into: Neighbour | None = Field(
        description="Where it goes on; null also where the caller may not know of that."
    )
    messages: list[MessageLine]
    maintenance_windows: list[WindowLine]


class IncidentAnswer(IncidentWhole):
    """The incident's keys on top, and again under `data`."""

    data: IncidentWhole
    meta: OneMeta
