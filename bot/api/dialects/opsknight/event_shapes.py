"""Events on the wire: what is answered."""

from typing import Literal

from pydantic import BaseModel


class EventIncident(BaseModel):
    id: str
    title: str
    status: str


class EventResult(BaseModel):
    action: Literal["triggered", "deduplicated", "acknowledged", "resolved", "ignored"]
    incident: EventIncident | None = None


class EventAnswer(BaseModel):
    """`incident_key` is `dedup_key` under the name it had in earlier versions."""

    status: Literal["success"]
    message: str
    dedup_key: str
    incident_key: str
    result: EventResult
