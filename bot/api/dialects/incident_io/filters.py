"""`field[op]=value`: incident.io's filters as they are sent."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from multidict import MultiMapping
from pydantic import TypeAdapter, ValidationError

from bot.api.moments import Moment
from core.errors import InvalidInput
from core.views import Op

SUBJECTS = (
    "status",
    "status_category",
    "severity",
    "incident_type",
    "mode",
    "created_at",
    "updated_at",
    "incident_role",
    "custom_field",
)
_ONE_LEVEL = re.compile(r"(\w+)\[(\w+)\]")
_TWO_LEVELS = re.compile(r"(incident_role|custom_field)\[([^\[\]]+)\]\[(\w+)\]")
_DATES = TypeAdapter(Moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """One of them as it was sent; `name` is what its sender called it."""

    name: str
    subject: str
    op: str
    values: tuple[str, ...]
    key: str | None = None

    def refuse(self, message: str) -> InvalidInput:
        return InvalidInput(message, field=self.name)

    def op_in(self, *ops: Op) -> Op:
        for op in ops:
            if self.op == op:
                return op
        known = ", ".join(ops)
        raise self.refuse(f"“{self.op[:40]}” is no way to filter by {self.subject}; use {known}.")


def filters_in(query: MultiMapping[str], subjects: Collection[str] = SUBJECTS) -> list[Filter]:
    """Those of subjects that exist; whatever else stands in the query is none."""
    found = []
    for name in dict.fromkeys(query):
        values = tuple(value for value in query.getall(name) if value.strip())
        if values and (one := _filter(name, values, subjects)):
            found.append(one)
    return found


def _filter(name: str, values: tuple[str, ...], subjects: Collection[str]) -> Filter | None:
    if keyed := _TWO_LEVELS.fullmatch(name):
        subject, key, op = keyed.groups()
        return Filter(name=name, subject=subject, op=op, values=values, key=key)
    if plain := _ONE_LEVEL.fullmatch(name):
        subject, op = plain.groups()
        if subject in subjects:
            return Filter(name=name, subject=subject, op=op, values=values)
    return None


def date_of(one: Filter, text: str) -> datetime:
    """A time with its zone, or a day, which is its first moment in UTC."""
    plain = text.strip()
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", plain):
            return datetime.fromisoformat(plain).replace(tzinfo=UTC)
        return _DATES.validate_python(plain)
    except (ValidationError, ValueError):
        raise one.refuse(
            f"“{text[:40]}” is not a time; write 2026-11-20 or 2026-11-20T23:28:33Z."
        ) from None
