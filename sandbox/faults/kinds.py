"""The kinds of faults: what each does, where it strikes, and which parts of a rule it reads."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Place = Literal["api", "response_url", "delivery", "socket:open", "socket:envelope"]
Transport = Literal["", "http", "socket"]

RETRY_REASONS = (
    "http_timeout",
    "too_many_redirects",
    "connection_failed",
    "ssl_error",
    "http_error",
    "unknown_error",
)
DISCONNECT_REASONS = ("warning", "refresh_requested", "link_disabled", "too_many_websockets")
WEEK = 604_800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class KindFacts:
    """`reads` has the parts of a rule that matter to this kind alone, with their defaults.

    `bounds` are the least and the most of such a part where they differ from `FIELDS`, `errors`
    what `error` may be. `arguments` are those by which a call names what changes, without which it
    has nothing to fear. `deliveries` and `events` name those that can go wrong in this way, and
    `transport` how they have to travel; empty means any.
    """

    does: str
    places: frozenset[Place]
    reads: Mapping[str, Any] = field(default_factory=dict)
    bounds: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    errors: tuple[str, ...] = ()
    arguments: tuple[str, ...] = ()
    deliveries: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    transport: Transport = ""


def _api(does: str, **reads: Any) -> KindFacts:
    return KindFacts(does=does, places=frozenset({"api"}), reads=reads)


def _call(does: str, **reads: Any) -> KindFacts:
    """Also of a response URL, which is called like a method."""
    return KindFacts(does=does, places=frozenset({"api", "response_url"}), reads=reads)


def _change(does: str, *arguments: str) -> KindFacts:
    return KindFacts(does=does, places=frozenset({"api"}), arguments=arguments)


def _delivery(does: str, *deliveries: str, **reads: Any) -> KindFacts:
    return KindFacts(does=does, places=frozenset({"delivery"}), reads=reads, deliveries=deliveries)


def _said(does: str, **reads: Any) -> KindFacts:
    """Of deliveries with something that a person typed."""
    return KindFacts(
        does=does,
        places=frozenset({"delivery"}),
        reads=reads,
        deliveries=("command", "view_submission", "event"),
        events=("message.*", "app_mention"),
    )


def _travel(
    does: str,
    transport: Transport,
    *,
    bounds: Mapping[str, tuple[float, float]] | None = None,
    **reads: Any,
) -> KindFacts:
    """Of deliveries that travel in one way only."""
    return KindFacts(
        does=does,
        places=frozenset({"delivery"}),
        reads=reads,
        bounds=bounds or {},
        transport=transport,
    )


def _socket(does: str, *places: Place, errors: tuple[str, ...] = (), **reads: Any) -> KindFacts:
    return KindFacts(
        does=does, places=frozenset(places), reads=reads, errors=errors, transport="socket"
    )


CHANNELS = ("channel", "channel_id", "channels")
WITH_TRIGGER = ("command", "block_actions", "view_submission", "shortcut", "message_action")

KINDS: Mapping[str, KindFacts] = {
    "error": _api("The method answers with an error that Slack documents.", error="fatal_error"),
    "rate_limited": _api("HTTP 429, with the seconds to wait in Retry-After.", retry_after=1),
    "ratelimited_body": _api("HTTP 200, with a rate limit as the error in the answer."),
    "status": KindFacts(
        does="An HTTP status that tells of trouble on Slack's side; nothing is done.",
        places=frozenset({"api", "response_url"}),
        reads={"status": 500},
        bounds={"status": (500, 599)},
    ),
    "timeout_before": _call("No answer comes, and nothing is done."),
    "timeout_after": _call("It is done, but no answer comes."),
    "lost_reply": _call("It is done, and the connection ends without an answer."),
    "reset": _call("The connection is reset, and nothing is done."),
    "slow": _call("The answer takes some seconds.", seconds=1.0),
    "truncated_json": _api("It is done, and half of the answer comes."),
    "html": _call("A page of HTML comes instead of an answer; nothing is done.", status=200),
    "stale": _api("The answer tells how things were some seconds ago.", seconds=60.0),
    "missing_scope": _api("The token lacks the scope for the method."),
    "token_revoked": _api("The token of the call is revoked just before, for good."),
    "channel_archived": _change("Somebody archives the call's channel just before.", *CHANNELS),
    "channel_renamed": _change("Somebody renames the call's channel just before.", *CHANNELS),
    "bot_removed": _change("Somebody removes the bot from the call's channel before.", *CHANNELS),
    "user_deactivated": _change(
        "The person the call names is deactivated just before.", "user", "user_id", "users"
    ),
    "restricted_action": _api("The workspace's preferences forbid the method, for good."),
    "duplicate": _delivery("The delivery comes twice."),
    "delay": _delivery("The delivery comes some seconds later.", seconds=1.0),
    "reorder": _delivery("It comes after the next delivery, or after so long.", seconds=10.0),
    "retry_despite_success": _delivery("The event is repeated though the app took it.", "event"),
    "undelivered": KindFacts(
        does="The delivery never reaches the app; the error is Slack's reason for a retry.",
        places=frozenset({"delivery"}),
        reads={"error": "connection_failed"},
        errors=RETRY_REASONS,
    ),
    "same_envelope": _travel("The same envelope, with the same id, comes twice.", "socket"),
    "bad_signature": _travel("The signature of the request is wrong.", "http"),
    "clock_skew": _travel(
        "The timestamp of the request is some seconds off, to either side.",
        "http",
        bounds={"seconds": (-WEEK, WEEK)},
        seconds=1.0,
    ),
    "old_trigger": _delivery("The trigger_id has expired on arrival.", *WITH_TRIGGER),
    "pressed_twice": _delivery("Somebody else presses the button as well.", "block_actions"),
    "stale_view": _delivery("The form was changed before it was submitted.", "view_submission"),
    "unknown_fields": _delivery("The payload has fields nobody has heard of."),
    "missing_fields": _delivery("The payload lacks fields that may be missing."),
    "giant_text": _said("What the person typed is as long as Slack allows."),
    "hostile_text": _said("What the person typed is meant to do harm.", text=""),
    "too_many_websockets": _socket("The socket is refused: there are too many.", "socket:open"),
    "half_open": _socket(
        "The socket stays open, but nothing goes through.", "socket:open", "socket:envelope"
    ),
    "disconnect": _socket(
        "The socket is told to go; the error is Slack's reason.",
        "socket:open",
        "socket:envelope",
        errors=DISCONNECT_REASONS,
        error="refresh_requested",
    ),
    "drop_before_ack": _socket("The connection ends before the ack arrives.", "socket:envelope"),
    "drop_after_ack": _socket("The connection ends right after the ack.", "socket:envelope"),
}
# These name a channel and can do nothing with it: they take direct messages only, or always refuse.
CHANNELS_IN_VAIN = frozenset({"conversations.close", "conversations.open", "files.upload"})
