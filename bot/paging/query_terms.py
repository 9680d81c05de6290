"""What a search query of Opsgenie's consists of, and whether an alert fits it.

It is asked of alerts in the form in which they are shown.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from typing import Any, TypeAlias

from core.errors import InvalidInput

TEXTS: Mapping[str, str] = {
    "id": "id",
    "tinyid": "tinyId",
    "alias": "alias",
    "message": "message",
    "description": "description",
    "status": "status",
    "entity": "entity",
    "source": "source",
    "owner": "owner",
    "priority": "priority",
}
SWITCHES: Mapping[str, str] = {
    "acknowledged": "acknowledged",
    "issnoozed": "snoozed",
    "snoozed": "snoozed",
    "isseen": "isSeen",
}
NUMBERS: Mapping[str, str] = {"count": "count"}
TIMES: Mapping[str, str] = {
    "createdat": "createdAt",
    "updatedat": "updatedAt",
    "lastoccurredat": "lastOccurredAt",
    "snoozeduntil": "snoozedUntil",
}
TAGS = ("tag", "tags")
DETAILS = "details."
COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ":": lambda a, b: a == b,
    "=": lambda a, b: a == b,
    "<": lambda a, b: a < b,
    ">": lambda a, b: a > b,
    "<=": lambda a, b: a <= b,
    ">=": lambda a, b: a >= b,
}


@dataclass(frozen=True, slots=True)
class Term:
    field: str
    operator: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    node: "Node"


@dataclass(frozen=True, slots=True)
class Every:
    nodes: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Some:
    nodes: "tuple[Node, ...]"


Node: TypeAlias = Term | Not | Every | Some
Shown: TypeAlias = Mapping[str, Any]


def fits(node: Node, alert: Shown) -> bool:
    match node:
        case Term():
            return _term_fits(node, alert)
        case Not(node=inner):
            return not fits(inner, alert)
        case Every(nodes=nodes):
            return all(fits(one, alert) for one in nodes)
        case Some(nodes=nodes):
            return any(fits(one, alert) for one in nodes)


def asks_for_open(node: Node) -> bool:
    """Whether it can only be met by what is open, which is far less than there is."""
    match node:
        case Term(field="status", operator=":" | "=", value=value):
            return value.lower() == "open"
        case Every(nodes=nodes):
            return any(map(asks_for_open, nodes))
        case Some(nodes=nodes):
            return bool(nodes) and all(map(asks_for_open, nodes))
        case _:
            return False


def _term_fits(term: Term, alert: Shown) -> bool:
    field, value = term.field, term.value
    if field in TAGS:
        return any(_alike(tag, value) for tag in alert["tags"])
    if field.startswith(DETAILS):
        details = {name.lower(): text for name, text in alert.get("details", {}).items()}
        return _alike(details.get(field.removeprefix(DETAILS), ""), value)
    if field in SWITCHES:
        return bool(alert[SWITCHES[field]]) is (value.lower() == "true")
    if field in NUMBERS:
        return COMPARE[term.operator](alert[NUMBERS[field]], float(value))
    if field in TIMES:
        at = alert[TIMES[field]]
        return bool(at) and COMPARE[term.operator](_moment(at), _moment(value))
    shown = str(alert.get(TEXTS[field], ""))
    return _contains(shown, value) if field in ("message", "description") else _alike(shown, value)


def _alike(text: str, wanted: str) -> bool:
    if "*" not in wanted:
        return text.lower() == wanted.lower()
    return fnmatchcase(text.lower(), wanted.lower().replace("[", "[[]"))


def _contains(text: str, wanted: str) -> bool:
    return wanted.lower().strip("*") in text.lower()


def _moment(value: str) -> float:
    """In seconds: milliseconds since 1970, a date as 22-11-2026 or 22-11-2026T10:00, or ISO."""
    if value.isascii() and value.isdigit():
        return int(value[:15]) / 1_000
    for form in ("%d-%m-%YT%H:%M:%S", "%d-%m-%YT%H:%M", "%d-%m-%Y"):
        try:
            return datetime.strptime(value, form).replace(tzinfo=UTC).timestamp()
        except ValueError:
            continue
    try:
        at = datetime.fromisoformat(value)
    except ValueError as error:
        raise unreadable(f"“{value}” is no time; write 22-11-2026T10:00 or milliseconds") from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def field_named(word: str) -> str:
    field = word.lower()
    known = (*TEXTS, *SWITCHES, *NUMBERS, *TIMES, *TAGS)
    if field in known or field.startswith(DETAILS):
        return field
    raise unreadable(f"there is no field “{word}”; use {', '.join(known)} or details.NAME")


def checked_term(term: Term) -> Term:
    """What can be compared is a number or a time."""
    if term.field in TIMES:
        _moment(term.value)
    elif term.field in NUMBERS and not re.fullmatch(r"\d{1,9}", term.value):
        raise unreadable(f"“{term.value}” is no number")
    elif term.operator not in (":", "=") and term.field not in NUMBERS:
        raise unreadable(f"“{term.field}” cannot be compared with “{term.operator}”; use “:”")
    return term


def unreadable(reason: str) -> InvalidInput:
    return InvalidInput(f"The query cannot be read: {reason}.", field="query")
