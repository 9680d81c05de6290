"""Whether a rule could ever strike as it is meant to, asked when it is given."""

from collections.abc import Iterable
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import get_args

from sandbox.deliveries.delivery import Kind as DeliveryKind
from sandbox.facts.common_errors import ALWAYS_POSSIBLE
from sandbox.facts.events import EVENT_SCOPES
from sandbox.facts.hostile_texts import HOSTILE_TEXTS
from sandbox.facts.methods import METHODS, TOKENLESS_METHODS
from sandbox.faults.kinds import CHANNELS, CHANNELS_IN_VAIN, KINDS, KindFacts, Place
from sandbox.faults.rule import FaultRule, bad
from sandbox.json_types import Json

DELIVERIES: tuple[str, ...] = get_args(DeliveryKind)
EVENTS = sorted(EVENT_SCOPES)
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
    return replace(rule, methods=frozenset(_possible(rule)))


def require_transport(rule: FaultRule, *, socket_mode: bool) -> None:
    """`Refusal` for a rule that the way the app is reached just now leaves without effect."""
    needed = KINDS[rule.kind].transport
    if not needed or (needed == "socket") is socket_mode:
        return
    ways = {"http": "HTTP", "socket": "sockets"}
    raise bad(
        "kind",
        f"cannot be {rule.kind}: it happens over {ways[needed]} only, and the setting "
        f"socket_mode is {str(socket_mode).lower()}",
    )


def open_to(facts: KindFacts) -> list[str]:
    """The deliveries that can go wrong in this way, one by one."""
    kinds = facts.deliveries or DELIVERIES
    targets = [f"delivery:{kind}" for kind in kinds]
    if "event" in kinds:
        patterns = facts.events or ("*",)
        named = [one for one in EVENTS if any(fnmatchcase(one, each) for each in patterns)]
        targets += [f"delivery:event:{name}" for name in named]
    return targets


def places_of(target: str) -> frozenset[Place]:
    """Where a target, which may be a pattern, can match at all."""
    places: set[Place] = set()
    if _methods(target):
        places.add("api")
    if fnmatchcase(RESPONSE_URL, target):
        places.add("response_url")
    if _is_delivery(target):
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
    if facts.deliveries and not any(fnmatchcase(one, rule.target) for one in open_to(facts)):
        wanted = ", ".join(open_to(facts))
        raise bad("target", f"must be one of {wanted} for the kind {rule.kind}")


def _named(places: Iterable[Place]) -> str:
    words = {"api": "Web API methods", "delivery": "deliveries", "response_url": "response_url"}
    return " and ".join(words.get(place, place) for place in sorted(places))


def _check_words(rule: FaultRule) -> None:
    errors = KINDS[rule.kind].errors
    if errors and rule.error not in errors:
        raise bad("error", f"must be one of {', '.join(errors)} for the kind {rule.kind}")
    if rule.text and rule.text not in HOSTILE_TEXTS:
        raise bad("text", f"must be one of {', '.join(HOSTILE_TEXTS)}")


def _possible(rule: FaultRule) -> list[str]:
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
    facts, named = METHODS[method], KINDS[rule.kind].arguments
    match rule.kind:
        case "error":
            return rule.error in ALWAYS_POSSIBLE or rule.error in facts.errors
        case "restricted_action":
            return "restricted_action" in facts.errors
        case "missing_scope":
            return bool(facts.scopes)
        case "stale":
            return method.endswith(READING_ENDINGS)
        case "token_revoked":
            return method not in TOKENLESS_METHODS
    if named == CHANNELS and method in CHANNELS_IN_VAIN:
        return False
    return not named or any(argument in facts.arguments for argument in named)


def _methods(target: str) -> list[str]:
    return [method for method in METHODS if fnmatchcase(method, target)]


def _is_delivery(target: str) -> bool:
    every = open_to(KindFacts(does="", places=frozenset({"delivery"})))
    return any(fnmatchcase(one, target) for one in every)
