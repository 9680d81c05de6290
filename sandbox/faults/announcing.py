"""The kinds of faults as a form for rules needs them: sentences, targets, fields."""

from collections.abc import Sequence

from sandbox.facts.hostile_texts import HOSTILE_TEXTS
from sandbox.facts.methods import METHODS
from sandbox.faults.checking import DELIVERIES, EVENTS, RESPONSE_URL, open_to, read_rule
from sandbox.faults.fields import COMMON, FIELDS, NO_END
from sandbox.faults.kinds import KINDS, KindFacts
from sandbox.json_types import Json


def announced() -> Json:
    """Everything there is to choose from; it never changes."""
    return {
        "fault_kinds": [_kind(name, facts) for name, facts in KINDS.items()],
        "fault_targets": _targets(),
        "fault_fields": [_field(name) for name in COMMON],
    }


def _kind(name: str, facts: KindFacts) -> Json:
    return {
        "kind": name,
        "does": facts.does,
        "places": sorted(facts.places),
        "only": _only(name, facts),
        "transport": facts.transport,
        "reads": [_part(part, facts) for part in facts.reads],
    }


def _only(kind: str, facts: KindFacts) -> list[str]:
    """The targets of a kind that cannot strike everything in its places."""
    if facts.deliveries:
        return open_to(facts)
    if "api" not in facts.places:
        return []
    methods = read_rule({"target": "*", "kind": kind}).methods
    return sorted(methods) if len(methods) < len(METHODS) else []


def _part(name: str, facts: KindFacts) -> Json:
    choices = facts.errors if name == "error" else ("", *HOSTILE_TEXTS) if name == "text" else ()
    bounds = facts.bounds.get(name, (FIELDS[name].least, FIELDS[name].most))
    return _field(name, choices, bounds) | {"default": facts.reads[name]}


def _field(
    name: str, choices: Sequence[str] = (), bounds: tuple[float, float] | None = None
) -> Json:
    field = FIELDS[name]
    least, most = bounds or (field.least, field.most)
    is_number = field.type != "text"
    return {
        "name": name,
        "type": field.type,
        "does": field.does,
        "default": field.default,
        "choices": list(choices),
        "least": least if is_number else None,
        "most": most if is_number and most != NO_END else None,
    }


def _targets() -> dict[str, list[str]]:
    """What there is in each place; in rules patterns of these may stand."""
    families = sorted({f"{method.partition('.')[0]}.*" for method in METHODS})
    deliveries = [f"delivery:{kind}" for kind in DELIVERIES]
    events = [f"delivery:event:{name}" for name in EVENTS]
    return {
        "api": ["*", *families, *sorted(METHODS)],
        RESPONSE_URL: [RESPONSE_URL],
        "delivery": ["delivery:*", *deliveries, *events],
        "socket:open": ["socket:open"],
        "socket:envelope": ["socket:envelope"],
    }
