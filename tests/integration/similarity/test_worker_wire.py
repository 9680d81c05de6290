"""What goes over the wire arrives as it was; what is no message is not taken for one."""

import asyncio
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.similarity.process_line import environment_of
from storage.similarity.wire import MOST_BYTES, Garbled, Message, packed, read_message

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
HEADERS = st.dictionaries(TEXTS, st.one_of(TEXTS, st.booleans(), st.lists(TEXTS)))


async def _read(stream: bytes) -> list[Message]:
    reader = asyncio.StreamReader()
    reader.feed_data(stream)
    reader.feed_eof()
    messages = []
    while (message := await read_message(reader)) is not None:
        messages.append(message)
    return messages


@given(st.lists(st.tuples(HEADERS, st.binary()), max_size=4))
def test_messages_arrive_as_they_were_sent(sent: list[tuple[dict[str, Any], bytes]]) -> None:
    messages = [Message(header=header, payload=payload) for header, payload in sent]

    arrived = asyncio.run(_read(b"".join(map(packed, messages))))

    assert arrived == messages


@given(st.integers(min_value=0, max_value=20))
def test_half_a_message_is_none(length: int) -> None:
    whole = packed(Message(header={"op": "ping"}, payload=b"12345678"))

    assert asyncio.run(_read(whole[:length])) == []


@pytest.mark.parametrize(
    "stream",
    [
        b"Good morning! This is no message at all.",
        b"\0\0\0\2\0\0\0\0[]",
        b"\0\0\0\2\0\0\0\0{x",
        b"\xff\xff\xff\xff\0\0\0\0{}",
    ],
)
async def test_what_is_no_message_is_said_to_be_none(stream: bytes) -> None:
    with pytest.raises(Garbled):
        await _read(stream)


def test_what_is_too_long_is_not_sent() -> None:
    with pytest.raises(ValueError, match="more than fits"):
        packed(Message(payload=bytes(MOST_BYTES)))


def test_it_is_given_what_it_needs_and_nothing_else() -> None:
    needed = {
        "PATH": "/bin", "HOME": "/home/bot", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
        "TMPDIR": "/var/tmp", "TZ": "UTC", "PYTHONHASHSEED": "0", "LD_LIBRARY_PATH": "/lib",
        "SSL_CERT_FILE": "/etc/ca.pem", "SSL_CERT_DIR": "/etc/ca",
    }  # fmt: skip
    other = {"AWS_SECRET_ACCESS_KEY": "x", "PGPASSWORD": "x", "PATH_TO_KEY": "x", "ALL_PROXY": "x"}

    given = environment_of({**needed, **other})

    assert given.items() >= needed.items()
    assert not given.keys() & other.keys()
