"""The kinds of faults: where each strikes, and which parts of a rule it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Place = Literal["api", "response_url", "delivery", "socket:open", "socket:envelope"]

RETRY_REASONS = (
    "http_timeout",
    "too_many_redirects",
    "connection_failed",
    "ssl_error",
    "http_error",
    "unknown_error",
)
DISCONNECT_REASONS = ("warning", "refresh_requested", "link_disabled", "too_many_websockets")


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFacts:
    """`reads` has the parts of a rule that matter to this kind alone, with their defaults.

    `deliveries` names the kinds of delivery that can go wrong in this way; empty means any.
    """

    places: frozenset[Place]
    reads: Mapping[str, Any] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    deliveries: frozenset[str] = frozenset()


def _api(**reads: Any) -> KindFacts:
    return KindFacts(places=frozenset({"api"}), reads=reads)


def _call(**reads: Any) -> KindFacts:
    """Also of a response URL, which is called like a method."""
    return KindFacts(places=frozenset({"api", "response_url"}), reads=reads)


def _delivery(*deliveries: str, errors: tuple[str, ...] = (), **reads: Any) -> KindFacts:
    return KindFacts(
        places=frozenset({"delivery"}), reads=reads, errors=errors, deliveries=frozenset(deliveries)
    )


def _socket(*places: Place, errors: tuple[str, ...] = (), **reads: Any) -> KindFacts:
    return KindFacts(places=frozenset(places), reads=reads, errors=errors)


WITH_TRIGGER = ("command", "block_actions", "view_submission", "shortcut", "message_action")
WITH_TEXT = ("command", "view_submission", "event")

KINDS: Mapping[str, KindFacts] = {
    "error": _api(error="fatal_error"),
    "rate_limited": _api(retry_after=1),
    "ratelimited_body": _api(),
    "status": _call(status=500),
    "timeout_before": _call(),
    "timeout_after": _call(),
    "lost_reply": _call(),
    "reset": _call(),
    "slow": _call(seconds=1.0),
    "truncated_json": _api(),
    "html": _call(status=200),
    "stale": _api(seconds=60.0),
    "missing_scope": _api(),
    "token_revoked": _api(),
    "channel_archived": _api(),
    "channel_renamed": _api(),
    "bot_removed": _api(),
    "user_deactivated": _api(),
    "restricted_action": _api(),
    "duplicate": _delivery(),
    "delay": _delivery(seconds=1.0),
    "reorder": _delivery(seconds=10.0),
    "retry_despite_success": _delivery("event"),
    "undelivered": _delivery(errors=RETRY_REASONS, error="connection_failed"),
    "same_envelope": _delivery(),
    "bad_signature": _delivery(),
    "clock_skew": _delivery(seconds=1.0),
    "old_trigger": _delivery(*WITH_TRIGGER),
    "pressed_twice": _delivery("block_actions"),
    "stale_view": _delivery("view_submission"),
    "unknown_fields": _delivery(),
    "missing_fields": _delivery(),
    "giant_text": _delivery(*WITH_TEXT),
    "hostile_text": _delivery(*WITH_TEXT, text=""),
    "too_many_websockets": _socket("socket:open"),
    "half_open": _socket("socket:open", "socket:envelope"),
    "disconnect": _socket(
        "socket:open", "socket:envelope", errors=DISCONNECT_REASONS, error="refresh_requested"
    ),
    "drop_before_ack": _socket("socket:envelope"),
    "drop_after_ack": _socket("socket:envelope"),
}
