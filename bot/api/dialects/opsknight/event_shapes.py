"""Events on the wire: what is answered."""

from typing import Literal

from pydantic import Field

from bot.api.shape import Shape


class EventIncident(Shape):
    id: str
    title: str
    status: str | None = Field(
        None, description="Absent where the event may yet change it: it is stored, not carried out."
    )


class EventMaintenance(Shape):
    id: str
    reference: str
    title: str


class EventResult(Shape):
    action: Literal["triggered", "deduplicated", "acknowledged", "resolved", "ignored"]
    incident: EventIncident | None = None
    maintenance: EventMaintenance | None = Field(
        None,
        description="Maintenance in progress that suppresses the alert: it is recorded, and "
        "becomes an incident at the end if it still fires.",
    )


class EventAnswer(Shape):
    """`incident_key` is `dedup_key` under the name it had in earlier versions."""

    status: Literal["success"]
    message: str
    dedup_key: str
    incident_key: str
    result: EventResult
