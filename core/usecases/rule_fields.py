"""What people say of a routing rule, made fit to store: each field by itself, then together."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from core.domain.ids import IncidentId, ServiceId
from core.domain.integration import HEARTBEAT, source_named
from core.domain.lists import once_each
from core.domain.matcher import canonical_matchers
from core.domain.routing_hours import hours_from
from core.domain.routing_rule import Routing, RoutingRule
from core.domain.severity import Severity, severity_named
from core.domain.text import one_line
from core.errors import InvalidInput
from core.flaws import Flaws
from core.usecases.maintenance_words import channel_word

MAX_NAME, MAX_REASON, MAX_LABEL = 120, 500, 200
MOST_NAMED, MOST_LABELS = 50, 10
LONGEST_WINDOW, LONGEST_HOLD = 7 * 86_400, 86_400
INTEGRATION = "int_"
"""How ids of alert sources begin; other words name a kind of them."""

OF_ROUTING: Mapping[Routing, Mapping[str, Any]] = {
    Routing.DECLARE: {"severity": None, "group_by": (), "group_window": None, "hold": None},
    Routing.ATTACH: {"incident_id": None},
    Routing.NOTIFY: {"channel": ""},
    Routing.DROP: {},
}
"""What belongs to one routing alone, with what it is where it is not said."""


def read_fields(body: Mapping[str, Any], flaws: Flaws) -> dict[str, Any]:
    """The fields that were given, by name, fit to store; what is wrong with them is noted."""
    words: dict[str, Any] = {}
    for name, value in body.items():
        if name not in _READ:
            known = ", ".join(_READ)
            message = f"A routing rule has no {name[:80]!r}; it has {known}."
            flaws.note(InvalidInput(message, field=name[:80]))
            continue
        try:
            words[name] = _READ[name](value)
        except InvalidInput as flaw:
            flaws.note(flaw)
    return words


def fitted(rule: RoutingRule, given: Mapping[str, Any], flaws: Flaws) -> RoutingRule:
    """Without what belongs to another routing; noted where that was asked for just now, or where
    what the routing needs is missing."""
    strange = {
        name: nothing
        for routing, names in OF_ROUTING.items()
        if routing is not rule.routing
        for name, nothing in names.items()
    }
    for name, nothing in strange.items():
        if given.get(name, nothing) != nothing:
            owner = next(one for one, names in OF_ROUTING.items() if name in names)
            message = f"Only a rule that says {owner} has a {name}; this one says {rule.routing}."
            flaws.note(InvalidInput(message, field=name))
    for name, message in _lacking(rule).items():
        flaws.note(InvalidInput(message, field=name))
    return replace(rule, **strange)


def _lacking(rule: RoutingRule) -> dict[str, str]:
    match rule.routing:
        case Routing.DROP if not rule.reason:
            return {"reason": "Say why these alerts are dropped: whoever misses one will read it."}
        case Routing.NOTIFY if not rule.channel:
            return {"channel": "Say which Slack channel is told."}
        case Routing.ATTACH if not rule.incident_id:
            return {"incident_id": "Say which incident they join, by its id or as INC-42."}
    return {}


def _routing(value: Any) -> Routing:
    word = _text(value, "routing").strip().lower()
    if word not in set(Routing):
        message = f"“{word[:40]}” is not what a rule can do; use {', '.join(Routing)}."
        raise InvalidInput(message, field="routing")
    return Routing(word)


def _sources(value: Any) -> tuple[str, ...]:
    """Kinds by their usual names; ids as they are."""
    named = (_source(word.strip()) for word in _texts(value, "sources"))
    return once_each(named, most=MOST_NAMED, field="sources", noun="sources")


def _source(word: str) -> str:
    if word.startswith(INTEGRATION) or word.lower() == HEARTBEAT:
        return word
    try:
        return source_named(word)
    except InvalidInput as refusal:
        raise refusal.renamed({"source": "sources"}) from refusal


def _services(value: Any) -> tuple[ServiceId, ...]:
    ids = map(ServiceId, _texts(value, "service_ids"))
    return once_each(ids, most=MOST_NAMED, field="service_ids", noun="services")


def _severities(value: Any) -> tuple[Severity, ...]:
    """The worst first."""
    wanted = {severity_named(word, field="severities") for word in _texts(value, "severities")}
    return tuple(sorted(wanted, key=lambda one: -one.rank))


def _labels(value: Any) -> tuple[str, ...]:
    words = (one_line(w, field="group_by", limit=MAX_LABEL) for w in _texts(value, "group_by"))
    return once_each(words, most=MOST_LABELS, field="group_by", noun="labels to group by")


def _text(value: Any, field: str) -> str:
    if not isinstance(value, str):
        raise InvalidInput(f"The {field} has to be a text.", field=field)
    return value


def _texts(value: Any, field: str) -> list[str]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise InvalidInput(f"The {field} have to be a list of texts.", field=field)
    return list(value)


def _seconds(value: Any, *, field: str, most: int) -> int:
    if type(value) is not int or not 0 <= value <= most:
        message = f"The {field} is a number of seconds from 0 to {most:,}."
        raise InvalidInput(message, field=field)
    return value


def _position(value: Any) -> int:
    if type(value) is not int or value < 1:
        raise InvalidInput("The position is a number from 1, the first.", field="position")
    return value


def _switch(value: Any) -> bool:
    if not isinstance(value, bool):
        raise InvalidInput("Say true or false.", field="enabled")
    return value


def _hours(value: Any) -> Any:
    if not isinstance(value, Mapping):
        raise InvalidInput("The hours are an object with time_zone, start and end.", field="hours")
    return hours_from(value)


def _or_nothing(read: Callable[[Any], Any], nothing: Any = None) -> Callable[[Any], Any]:
    """Null and blank take it away."""
    return lambda value: nothing if value in (None, "") else read(value)


_READ: Mapping[str, Callable[[Any], Any]] = {
    "name": lambda value: one_line(_text(value, "name"), field="name", limit=MAX_NAME),
    "position": _position,
    "routing": _routing,
    "enabled": _switch,
    "sources": _or_nothing(_sources, ()),
    "service_ids": _or_nothing(_services, ()),
    "severities": _or_nothing(_severities, ()),
    "matchers": _or_nothing(
        lambda value: canonical_matchers(_texts(value, "matchers"), bare_too=True), ()
    ),
    "hours": _or_nothing(_hours),
    "reason": _or_nothing(
        lambda value: one_line(_text(value, "reason"), field="reason", limit=MAX_REASON), ""
    ),
    "channel": _or_nothing(lambda value: channel_word(_text(value, "channel"), "channel"), ""),
    "incident_id": _or_nothing(lambda value: IncidentId(_text(value, "incident_id"))),
    "severity": _or_nothing(lambda value: severity_named(_text(value, "severity"))),
    "group_by": _or_nothing(_labels, ()),
    "group_window": _or_nothing(partial(_seconds, field="group_window", most=LONGEST_WINDOW)),
    "hold": _or_nothing(partial(_seconds, field="hold", most=LONGEST_HOLD)),
}
