"""How Slack reaches the app, as its settings say; each can be changed while the sandbox runs."""

from dataclasses import dataclass

from sandbox.facts import limits


@dataclass(frozen=True, slots=True, kw_only=True)
class TransportSettings:
    """`socket_mode` decides alone: an app is reached over sockets or over HTTP, never both.

    `socket_seconds` is how long a socket lives; `delivery_latency` how long everything travels,
    which counts towards the `answer_seconds` that an app has to acknowledge, and to use a trigger:
    Slack gives three, and more is for tests on a machine that has much else to do.
    `delayed_events` goes on with events every hour for a day. The last three are Slack's numbers,
    and smaller ones bring their effects within reach.
    """

    socket_mode: bool = False
    socket_seconds: float = limits.SOCKET_SECONDS
    delivery_latency: float = 0.0
    answer_seconds: float = limits.ANSWER_SECONDS
    delayed_events: bool = False
    ack_on_another_socket: bool = limits.ACK_ON_ANOTHER_SOCKET_COUNTS
    events_per_hour: int = limits.EVENTS_PER_HOUR
    events_before_disabling: int = limits.EVENTS_BEFORE_DISABLING
