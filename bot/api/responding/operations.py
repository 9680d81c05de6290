"""What the operations on what people do to incidents have in common."""

from collections.abc import Mapping
from typing import Unpack

from pydantic import BaseModel

from bot.api.operations import UNSAFE, Operation, Tag
from bot.api.resources import Details
from core.domain.actor import Permission

INCIDENT = "/api/v1/incidents/{id}"


def operation(
    request: str,
    name: str,
    summary: str,
    answers: Mapping[int, type[BaseModel] | None],
    *,
    conditional: bool = True,
    versioned: bool = False,
    **details: Unpack[Details],
) -> Operation:
    """`request` is a method and a path. Who reads incidents reads what belongs to them, who
    changes incidents changes it. An incident is changed under the condition of its version, where
    there is one; what is added to it is not, and neither is what leaves that version as it is.
    What is `versioned` has one of its own."""
    method, path = request.split(" ")
    changes, adds = method in UNSAFE, 201 in answers
    conditional = versioned or (conditional and path.startswith(INCIDENT) and not adds)
    return Operation(
        method=method,
        path=path,
        name=name,
        summary=summary,
        tag=Tag.TOCSIN,
        needs=Permission.WRITE_INCIDENTS if changes else Permission.READ_INCIDENTS,
        answers=answers,
        refuses=frozenset({409, 412} if conditional else {409}) if changes else frozenset(),
        **details,
    )
