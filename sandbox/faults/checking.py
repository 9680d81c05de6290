"""Whether a rule could ever strike as it is meant to, asked when it is given."""

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import get_args

from sandbox.deliveries.delivery import Kind as DeliveryKind
from sandbox.facts.common_errors import ALWAYS_POSSIBLE
from sandbox.facts.hostile_texts import HOSTILE_TEXTS
from sandbox.facts.methods import METHODS
from sandbox.facts.subscribable import SUBSCRIBABLE
from sandbox.faults.kinds import KINDS, Place
from sandbox.faults.rule import SERVER_ERRORS, FaultRule, bad
from sandbox.json_types import Json

DELIVERIES: tuple[str, ...] = get_args(DeliveryKind)
SOCKET_PLACES: tuple[Place, ...] = ("socket:open", "socket:envelope")
RESPONSE_URL = "response_url"
READING_ENDINGS = (
    ".info",
    ".list",
    ".history",
    ".replies",
    ".members",
    ".get",
    ".conversations",
    ".lookupByEmail",
    ".getPermalink",
    ".getPresence",
    ".test",
)


def read_rule(given: Json) -> FaultRule:
    """A rule from JSON; `Refusal` when it is malformed or could never strike."""
    return checked(FaultRule.from_json(given))


def checked(rule: FaultRule) -> FaultRule:
    """The rule, narrowed to the methods it can happen to; `Refusal` when there is no place."""
    _check_place(rule)
    _check_words(rule)
    if "api" not in KINDS[rule.kind].places or not _methods(rule.target):
        return rule
    return replace(rule, methods=frozenset(_open_to(rule)))


def places_of(target: str) -> frozenset[Place]:
    """Where a target, which may be a pattern, can match at all."""
    places: set[Place] = set()
    if _methods(target):
        places.add("api")
    if fnmatchcase(RESPONSE_URL, target):
        places.add("response_url")
    if _deliveries(target):
        places.add("delivery")
    places.update(place for place in SOCKET_PLACES if fnmatchcase(place, target))
    return frozenset(places)


def _check_place(rule: FaultRule) -> None:
    matched, facts = places_of(rule.target), KINDS[rule.kind]
    if not matched:
        raise bad(
            "target",
            f"matches nothing: {rule.target!r} is no method, response_url, "
            f"{', '.join(SOCKET_PLACES)} or delivery: with one of {', '.join(DELIVERIES)}",
        )
    if not matched & facts.places:
        raise bad("kind", f"{rule.kind} happens to {_named(facts.places)}, not to {rule.target!r}")
    if facts.deliveries and not facts.deliveries & set(_deliveries(rule.target)):
        wanted = ", ".join(f"delivery:{kind}" for kind in sorted(facts.deliveries))
        raise bad("target", f"must be one of {wanted} for the kind {rule.kind}")


def _named(places: Iterable[Place]) -> str:
    words = {"api": "Web API methods", "delivery": "deliveries", "response_url": "response_url"}
    return " and ".join(words.get(place, place) for place in sorted(places))


def _check_words(rule: FaultRule) -> None:
    errors = KINDS[rule.kind].errors
    if errors and rule.error not in errors:
        raise bad("error", f"must be one of {', '.join(errors)} for the kind {rule.kind}")
    if rule.kind == "status" and rule.status not in SERVER_ERRORS:
        raise bad("status", "must be from 500 to 599; for 429 there is the kind rate_limited")
    if rule.text and rule.text not in HOSTILE_TEXTS:
        raise bad("text", f"must be one of {', '.join(HOSTILE_TEXTS)}")


def _open_to(rule: FaultRule) -> list[str]:
    """Those of the matched methods that can really answer so."""
    matched = _methods(rule.target)
    possible = [method for method in matched if _can_happen(rule, method)]
    if possible:
        return possible
    if rule.kind in ("error", "restricted_action"):
        error = rule.error or rule.kind
        documented = sorted({*METHODS[matched[0]].errors})
        raise bad(
            "error" if rule.kind == "error" else "target",
            f"is not possible: {rule.target} does not document {error}; "
            f"{matched[0]} documents {', '.join(documented) or 'only the common errors'}",
        )
    raise bad("target", f"names nothing that the kind {rule.kind} can happen to")


def _can_happen(rule: FaultRule, method: str) -> bool:
    facts = METHODS[method]
    match rule.kind:
        case "error":
            return rule.error in ALWAYS_POSSIBLE or rule.error in facts.errors
        case "restricted_action":
            return "restricted_action" in facts.errors
        case "missing_scope":
            return bool(facts.scopes)
        case "stale":
            return method.endswith(READING_ENDINGS)
    return True


def _methods(target: str) -> list[str]:
    return [method for method in METHODS if fnmatchcase(method, target)]


def _deliveries(target: str) -> list[str]:
    found = [kind for kind in DELIVERIES if fnmatchcase(f"delivery:{kind}", target)]
    named = any(fnmatchcase(f"delivery:event:{name}", target) for name in SUBSCRIBABLE)
    return found + (["event"] if named and "event" not in found else [])
