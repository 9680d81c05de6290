"""How the bot and its worker talk: a header in JSON, then bytes, each with its length."""

import asyncio
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias

import orjson

Header: TypeAlias = Mapping[str, Any]

MOST_BYTES = 64 * 1024 * 1024
BUFFER = 1024 * 1024
FORGET = "forget"
"""Not answered: nobody waits any more for the answer to the request of that number."""
_LENGTHS = struct.Struct(">II")


class Refused(Exception):
    """The worker cannot be opened like this, and trying again will not help."""


class Broken(Exception):
    """What the worker holds is damaged; only a new start can mend it."""


class Garbled(Exception):
    """What arrived is no message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    header: Header = field(default_factory=dict)
    payload: bytes = b""


class Asked(Protocol):
    """The worker, as far as it is asked for something."""

    async def request(
        self, op: str, header: Header | None = None, payload: bytes = b"", *, urgent: bool = False
    ) -> Message:
        """Raises `Unavailable`."""


def packed(message: Message) -> bytes:
    header = orjson.dumps(message.header)
    if len(header) + len(message.payload) > MOST_BYTES:
        raise ValueError("That is more than fits into one message to the worker.")
    return _LENGTHS.pack(len(header), len(message.payload)) + header + message.payload


async def read_message(reader: asyncio.StreamReader) -> Message | None:
    """The next one; None when there will be no more. Raises `Garbled`."""
    try:
        of_header, of_payload = _LENGTHS.unpack(await reader.readexactly(_LENGTHS.size))
        if of_header + of_payload > MOST_BYTES:
            raise Garbled("A message is longer than any may be.")
        header = await reader.readexactly(of_header)
        payload = await reader.readexactly(of_payload)
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return Message(header=_read_header(header), payload=payload)


def _read_header(text: bytes) -> Header:
    try:
        header = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Garbled("The header of a message is not JSON.") from error
    if not isinstance(header, dict):
        raise Garbled("The header of a message is not an object.")
    return header
