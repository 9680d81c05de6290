"""What somebody says of an incident in a command, made fit to store."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from typing import Any, TypeVar

from core.commands import DeclareIncident, EditIncident
from core.domain.incident import MAX_DESCRIPTION, MAX_TITLE
from core.domain.lists import once_each
from core.domain.particulars import FieldEntry, RoleAssignment
from core.domain.text import one_line, paragraphs
from core.domain.update import MAX_TEXT
from core.errors import InvalidInput
from core.flaws import Flaws
from core.language import known, say

MOST_ENTRIES, MAX_ENTRY, MAX_LINK, MAX_PRIORITY = 100, 200, 2_000, 20
MAX_VALUE = 10_000

T = TypeVar("T", bound=Hashable)


def words_of(command: DeclareIncident | EditIncident, flaws: Flaws) -> dict[str, Any]:
    """The fields that were given, by name; what is wrong with them is noted.

    To a new incident nothing empty need be said but the title, which is then refused.
    """
    words: dict[str, Any] = {}
    edited = isinstance(command, EditIncident)
    for name, clean in _CLEAN.items():
        value = getattr(command, name)
        if value is None or not (value or edited or name == "title"):
            continue
        try:
            words[name] = clean(value)
        except InvalidInput as flaw:
            flaws.note(flaw)
    return words


def message_text(text: str, *, field: str = "text") -> str:
    """A message says something."""
    cleaned = paragraphs(text, field=field, limit=MAX_TEXT)
    if not cleaned:
        raise InvalidInput(say("The update is empty; write what is known."), field=field)
    return cleaned


def _line(text: str, *, field: str, limit: int) -> str:
    return one_line(text, field=field, limit=limit) if text.strip() else ""


def _address(text: str, *, field: str) -> str:
    address = _line(text, field=field, limit=MAX_LINK)
    if address and not address.lower().startswith(("https://", "http://")):
        raise InvalidInput(
            say(
                "The {field} is no address; it begins with https://.",
                field=known(field.replace("_", " ")),
            ),
            field=field,
        )
    return address


def _lines(texts: Iterable[str], *, field: str, limit: int = MAX_ENTRY) -> tuple[str, ...]:
    """Each once, without those that say nothing."""
    lines = (_line(text, field=field, limit=limit) for text in texts)
    return _few((line for line in lines if line), field)


def _roles(roles: Iterable[RoleAssignment]) -> tuple[RoleAssignment, ...]:
    return _few(roles, "roles")


def _fields(entries: Iterable[FieldEntry]) -> tuple[FieldEntry, ...]:
    """Of a field that is named twice the later entry is meant; one without values says nothing."""
    by_field = {entry.field_id: _entry(entry) for entry in entries}
    return _few((entry for entry in by_field.values() if entry.values), "fields")


def _entry(entry: FieldEntry) -> FieldEntry:
    values = [paragraphs(value, field="fields", limit=MAX_VALUE) for value in entry.values]
    said = _few((value for value in values if value), "fields")
    return FieldEntry(field_id=entry.field_id, values=said)


def _few(entries: Iterable[T], field: str) -> tuple[T, ...]:
    return once_each(entries, most=MOST_ENTRIES, field=field, noun=field)


def _as_it_is(value: Any) -> Any:
    return value


_CLEAN: Mapping[str, Callable[[Any], Any]] = {
    "title": partial(one_line, field="title", limit=MAX_TITLE),
    "description": partial(paragraphs, field="description", limit=MAX_DESCRIPTION),
    "resolution": partial(paragraphs, field="resolution", limit=MAX_TEXT),
    "root_cause": partial(paragraphs, field="root_cause", limit=MAX_TEXT),
    "service_ids": lambda ids: tuple(dict.fromkeys(ids)),
    "urgency": _as_it_is,
    "priority": partial(_line, field="priority", limit=MAX_PRIORITY),
    "postmortem_url": partial(_address, field="postmortem_url"),
    "call_url": partial(_address, field="call_url"),
    "audience": partial(_lines, field="audience"),
    "tags": partial(_lines, field="tags"),
    "links": partial(_lines, field="links", limit=MAX_LINK),
    "type_id": _as_it_is,
    "roles": _roles,
    "fields": _fields,
}
