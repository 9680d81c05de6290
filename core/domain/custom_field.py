"""What an organisation notes of each incident besides what every incident has."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import ClassVar

from core.domain.particulars import FieldEntry
from core.domain.record import Record
from core.domain.text import paragraphs
from core.errors import InvalidInput
from core.language import say

MAX_NAME = 50
MAX_DESCRIPTION = 10_000
MAX_VALUE = 2_000
MAX_OPTION = 200
MOST_VALUES = 100
MOST_OPTIONS = 1_000
USUAL_SORT_KEY = 1_000


class FieldType(StrEnum):
    SINGLE_SELECT = "single_select"
    MULTI_SELECT = "multi_select"
    TEXT = "text"
    LINK = "link"
    NUMERIC = "numeric"

    @property
    def selects(self) -> bool:
        """Whether its values are ids of options."""
        return self in (FieldType.SINGLE_SELECT, FieldType.MULTI_SELECT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField(Record):
    NOUN: ClassVar[str] = "custom field"
    PREFIX: ClassVar[str] = "fld"

    name: str
    description: str = ""
    type: FieldType = FieldType.TEXT

    @property
    def label(self) -> str:
        return self.name

    @property
    def unique_key(self) -> str | None:
        return self.name.casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOption(Record):
    """One of those to choose from; the lowest `sort_key` first."""

    NOUN: ClassVar[str] = "field option"
    PREFIX: ClassVar[str] = "opt"

    field_id: str
    value: str
    sort_key: int = USUAL_SORT_KEY

    @property
    def label(self) -> str:
        return self.value

    @property
    def parent_id(self) -> str | None:
        return self.field_id

    @property
    def unique_key(self) -> str | None:
        return f"{self.field_id}/{self.value.casefold()}"


def checked_values(
    custom: CustomField,
    values: Sequence[str],
    options: Sequence[FieldOption],
    *,
    field: str,
) -> tuple[str, ...]:
    """The values as they are kept; `InvalidInput` naming `field` when the type forbids them."""
    if len(values) > 1 and custom.type is not FieldType.MULTI_SELECT:
        raise InvalidInput(say("{name} takes one value only.", name=custom.name), field=field)
    if len(values) > MOST_VALUES:
        raise InvalidInput(
            say(
                "{name} takes at most {most_values} values.",
                name=custom.name,
                most_values=MOST_VALUES,
            ),
            field=field,
        )
    if custom.type.selects:
        return _selected(custom, values, options, field)
    return tuple(kept for value in values if (kept := _written(custom, value, field)))


def said_of(
    entries: Iterable[FieldEntry],
    fields: Mapping[str, CustomField],
    options: Iterable[FieldOption],
) -> dict[str, tuple[str, ...]]:
    """In words, by the names of the fields; without fields and options that are not there."""
    words = {option.id: option.value for option in options}
    said = {}
    for entry in entries:
        field = fields.get(entry.field_id)
        if field is None:
            continue
        values = (words.get(one, "") if field.type.selects else one for one in entry.values)
        if shown := tuple(value for value in values if value):
            said[field.name] = shown
    return said


def _selected(
    custom: CustomField, values: Sequence[str], options: Sequence[FieldOption], field: str
) -> tuple[str, ...]:
    known = {option.id for option in options if option.field_id == custom.id}
    strange = next((value for value in values if value not in known), None)
    if strange is not None:
        raise InvalidInput(
            say(
                "{name} has no option with the id {strange}.",
                name=custom.name,
                strange=strange[:80],
            ),
            field=field,
        )
    return tuple(dict.fromkeys(values))


def _written(custom: CustomField, value: str, field: str) -> str:
    text = paragraphs(value, field=field, limit=MAX_VALUE)
    if text and custom.type is FieldType.NUMERIC and not _is_number(text):
        raise InvalidInput(
            say("{name} takes a number such as 42 or 0.5.", name=custom.name), field=field
        )
    if text and custom.type is FieldType.LINK and not text.startswith(("https://", "http://")):
        raise InvalidInput(
            say("{name} takes a link that begins with https://.", name=custom.name), field=field
        )
    return text


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False
