"""Envelopes on their way over sockets, and the frames that acknowledge them."""

import asyncio
from collections import deque
from dataclasses import dataclass
from typing import Any

from sandbox.deliveries.delivery import Delivery
from sandbox.deliveries.socket_link import SocketLink
from sandbox.json_text import read_json
from sandbox.json_types import Json
from sandbox.world import World

# Acks of these are known to be late or repeated, not made up.
MOST_REMEMBERED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    delivery: Delivery
    link: SocketLink
    answer: asyncio.Future[Any]


class Envelopes:
    """What waits for an ack, by envelope."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._waiting: dict[str, _Waiting] = {}
        self._past: deque[str] = deque(maxlen=MOST_REMEMBERED)

    def fresh_id(self) -> str:
        number = self._world.workspace.ids.hex(32)
        groups = (number[:8], number[8:12], number[12:16], number[16:20], number[20:])
        return "-".join(groups)

    def wrap(self, delivery: Delivery, envelope_id: str) -> Json:
        envelope: Json = {
            "envelope_id": envelope_id,
            "type": delivery.envelope_type,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.accepts_answer,
        }
        if delivery.kind == "event":
            envelope["retry_attempt"] = delivery.attempt
            envelope["retry_reason"] = delivery.reason
        return envelope

    async def answer(self, envelope_id: str, delivery: Delivery, link: SocketLink) -> Any:
        """The payload of the ack; `ConnectionError` when the socket is gone before it came."""
        answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        waiting = _Waiting(delivery=delivery, link=link, answer=answer)
        self._waiting[envelope_id] = waiting
        try:
            return await answer
        finally:
            if self._waiting.get(envelope_id) is waiting:
                del self._waiting[envelope_id]
            self._past.append(envelope_id)

    def give_up(self, link: SocketLink) -> None:
        """The socket is closed: what went over it waits no longer, unless another may answer."""
        if self._world.transport.ack_on_another_socket:
            return
        for waiting in self._waiting.values():
            if waiting.link is link and not waiting.answer.done():
                waiting.answer.set_exception(ConnectionError("The socket was closed."))

    def take(self, text: str, link: SocketLink) -> None:
        """One frame that came in over a socket."""
        frame = _read(text)
        if frame is None:
            self._whistle("invalid_frame", "A socket frame is no JSON object with an envelope_id.")
        elif frame["envelope_id"] in self._waiting:
            self._take_ack(self._waiting[frame["envelope_id"]], frame, link)
        elif frame["envelope_id"] not in self._past:
            self._whistle("unknown_ack", "A socket frame acknowledges an envelope never sent.")

    def take_binary(self) -> None:
        self._whistle("invalid_frame", "A socket frame is binary; acks are JSON as text.")

    def _take_ack(self, waiting: _Waiting, frame: Json, link: SocketLink) -> None:
        delivery, payload = waiting.delivery, frame.get("payload")
        counts = self._world.transport.ack_on_another_socket
        if link is not waiting.link and not counts:
            message = f"{delivery.label} was acknowledged over another socket than it came by."
            self._whistle("ack_on_another_socket", message, delivery=delivery.id)
            return
        if payload and not delivery.accepts_answer:
            message = f"The ack of {delivery.label} carries a payload, which is not taken here."
            self._whistle("payload_not_accepted", message, delivery=delivery.id)
            payload = None
        if not waiting.answer.done():
            waiting.answer.set_result(payload or None)

    def _whistle(self, code: str, message: str, **fields: str) -> None:
        self._world.journal.finding(code, message, **fields)


def _read(text: str) -> Json | None:
    try:
        frame = read_json(text)
    except ValueError:
        return None
    is_ack = isinstance(frame, dict) and isinstance(frame.get("envelope_id"), str)
    return frame if is_ack else None
