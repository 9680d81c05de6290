"""One thing Slack tells an app, and the app's answer to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from sandbox.json_types import Json

Kind = Literal[
    "command",
    "block_actions",
    "view_submission",
    "view_closed",
    "block_suggestion",
    "shortcut",
    "message_action",
    "event",
    "url_verification",
    "ssl_check",
]

Failure = Literal["", "operation_timeout", "dispatch_failed", "invalid_answer"]

# These may be answered with content, over HTTP and over a socket alike.
ANSWERABLE: frozenset[Kind] = frozenset({"command", "view_submission", "block_suggestion"})
# These ask about an address, which an app with sockets does not have.
ONLY_OVER_HTTP: frozenset[Kind] = frozenset({"url_verification", "ssl_check"})
ENVELOPE_TYPES: Mapping[Kind, str] = {"command": "slash_commands", "event": "events_api"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """`attempt` counts from 0; `reason` says why the one before failed.

    `envelope_id` is empty unless the same envelope is to be sent over a socket again.
    """

    id: str
    kind: Kind
    payload: Json
    label: str
    attempt: int = 0
    reason: str = ""
    envelope_id: str = ""

    @property
    def accepts_answer(self) -> bool:
        return self.kind in ANSWERABLE

    def goes_over_sockets(self, *, socket_mode: bool) -> bool:
        return socket_mode and self.kind not in ONLY_OVER_HTTP

    @property
    def envelope_type(self) -> str:
        return ENVELOPE_TYPES.get(self.kind, "interactive")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ack:
    """`failure` is empty, or what Slack tells the user; `reason` is its word in retry headers.

    `problem` completes "It was …" where the status does not say what was wrong with the answer.
    `was_swallowed` tells that the app never saw the delivery, so that nothing is its fault.
    """

    payload: Any = None
    status: int = 200
    failure: Failure = ""
    reason: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    was_swallowed: bool = False

    @property
    def is_ok(self) -> bool:
        return not self.failure
