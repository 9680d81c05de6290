"""The worker from inside: requests overtake each other, fail alone, and can be called off."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest

from core.errors import Unavailable
from storage.similarity.wire import FORGET, Message, Refused, packed, read_message
from storage.similarity.worker import WorkerLoop
from storage.similarity.worker_opening import Opened
from storage.similarity.worker_parts import Operation


class Waiting:
    """A part with operations that end when the test wants."""

    def __init__(self) -> None:
        self.go = asyncio.Event()
        self.called_off = asyncio.Event()
        self.closed = False

    @property
    def operations(self) -> Mapping[str, Operation]:
        return {
            "wait": self.wait,
            "echo": self.echo,
            "away": self.away,
            "wrong": self.wrong,
            "unspeakable": self.unspeakable,
        }

    async def wait(self, _: Message) -> Message:
        try:
            await self.go.wait()
        except asyncio.CancelledError:
            self.called_off.set()
            raise
        return Message(payload=b"waited")

    async def echo(self, request: Message) -> Message:
        return Message(payload=request.payload)

    async def away(self, _: Message) -> Message:
        raise Unavailable("The index is away.")

    async def wrong(self, _: Message) -> Message:
        raise KeyError("no such key")

    async def unspeakable(self, _: Message) -> Message:
        return Message(header={"what": object()})

    async def close(self) -> None:
        self.closed = True


class Talk:
    """A worker in this process: what is asked goes in, what it answers comes out."""

    def __init__(self, part: Waiting) -> None:
        self._part = part
        self._requests = asyncio.StreamReader()
        self._answers = asyncio.StreamReader()
        self.loop = WorkerLoop(self._requests, self, self._open)

    async def _open(self, header: Mapping[str, Any]) -> Opened:
        if header.get("refuse"):
            raise Refused("The folder is taken.")
        return Opened(parts=[self._part], embeds=True, notice="")

    def write(self, data: bytes) -> None:
        self._answers.feed_data(data)

    async def drain(self) -> None:
        """There is room for everything."""

    def ask(self, number: int, op: str, payload: bytes = b"", **header: Any) -> None:
        message = Message(header={"id": number, "op": op, **header}, payload=payload)
        self._requests.feed_data(packed(message))

    async def hear(self) -> Message:
        message = await read_message(self._answers)
        assert message is not None
        return message

    def hang_up(self) -> None:
        self._requests.feed_eof()


@pytest.fixture
def part() -> Waiting:
    return Waiting()


@pytest.fixture
async def talk(part: Waiting) -> AsyncIterator[Talk]:
    talk = Talk(part)
    running = asyncio.create_task(talk.loop.run())
    talk.ask(0, "open")
    assert (await talk.hear()).header == {"id": 0, "embeds": True, "notice": ""}
    yield talk
    talk.hang_up()
    await running


async def test_a_short_request_overtakes_a_long_one(talk: Talk, part: Waiting) -> None:
    talk.ask(1, "wait")
    talk.ask(2, "echo", b"short")

    first = await talk.hear()
    part.go.set()
    second = await talk.hear()

    assert (first.header["id"], first.payload) == (2, b"short")
    assert (second.header["id"], second.payload) == (1, b"waited")


async def test_a_request_that_nobody_waits_for_is_called_off(talk: Talk, part: Waiting) -> None:
    talk.ask(1, "wait")
    talk.ask(1, FORGET)
    talk.ask(2, "echo")

    answer = await talk.hear()

    assert answer.header["id"] == 2


async def test_a_request_under_way_is_called_off(talk: Talk, part: Waiting) -> None:
    talk.ask(1, "wait")
    talk.ask(2, "echo")
    await talk.hear()

    talk.ask(1, FORGET)

    await part.called_off.wait()
    talk.ask(3, "echo")
    assert (await talk.hear()).header["id"] == 3


async def test_to_call_off_what_was_answered_already_does_nothing(talk: Talk) -> None:
    talk.ask(1, "echo")
    await talk.hear()

    talk.ask(1, FORGET)
    talk.ask(2, "echo", b"still here")

    assert (await talk.hear()).payload == b"still here"


@pytest.mark.parametrize(
    ("op", "sentence"),
    [
        ("away", "The index is away."),
        ("wrong", "The process beside the bot failed at that request."),
        ("unspeakable", "The process beside the bot failed at that request."),
        ("nonsense", "The process beside the bot failed at that request."),
        ("open", "The worker is open already."),
    ],
)
async def test_a_request_fails_alone(talk: Talk, op: str, sentence: str) -> None:
    talk.ask(1, op)
    talk.ask(2, "echo", b"well")

    answers = {answer.header["id"]: answer for answer in [await talk.hear(), await talk.hear()]}

    assert answers[1].header["error"] == sentence
    assert answers[2].payload == b"well"


async def test_a_failure_is_named_with_its_place_and_without_its_own_words(talk: Talk) -> None:
    talk.ask(1, "wrong")

    failure = (await talk.hear()).header["failure"]

    assert failure.startswith("KeyError in wrong (test_worker_loop.py:")
    assert "no such key" not in failure


async def test_an_opening_that_is_refused_says_so(part: Waiting) -> None:
    talk = Talk(part)
    talk.ask(1, "open", refuse=True)
    talk.hang_up()

    await talk.loop.run()

    assert (await talk.hear()).header == {
        "id": 1, "error": "The folder is taken.", "refused": True
    }  # fmt: skip


async def test_its_parts_are_closed_in_the_end(talk: Talk, part: Waiting) -> None:
    await talk.loop.close()

    assert part.closed
