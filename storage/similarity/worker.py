"""The worker: a process beside the bot that embeds texts and keeps the index of their vectors.

It reads requests from its standard input, answers on its standard output, and ends when the input
does. `python -m storage.similarity.worker` starts it; only the bot has a use for that.
"""

import asyncio
import faulthandler
import os
import signal
import sys
import traceback
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import NoReturn, Protocol, TypeAlias

from core.errors import CoreError, Unavailable
from storage.similarity.wire import (
    BUFFER,
    FORGET,
    Broken,
    Header,
    Message,
    Refused,
    packed,
    read_message,
)
from storage.similarity.worker_opening import Opened, open_parts
from storage.similarity.worker_parts import Lanes, Operation, Part

HUNG = 120.0
"""Seconds without a turn of the event loop after which the process ends itself: native code that
does not come back would otherwise outlive the bot."""
CLOSING = 3.0
BROKEN = 3
FAILED = "The process beside the bot failed at that request."

Opener: TypeAlias = Callable[[Header], Awaitable[Opened]]


class Answers(Protocol):
    """Where the answers go."""

    def write(self, data: bytes) -> None: ...

    async def drain(self) -> None: ...


class WorkerLoop:
    """Reads requests, and answers each when it is done; nobody waits for the one before."""

    def __init__(self, requests: asyncio.StreamReader, answers: Answers, opener: Opener) -> None:
        self._requests = requests
        self._answers = answers
        self._opener = opener
        self._parts: list[Part] = []
        self._lanes: list[Lanes] = []
        self._operations: dict[str, Operation] = {"open": self._open, "ping": self._ping}
        self._under_way: dict[int, asyncio.Task[None]] = {}

    async def run(self) -> None:
        while (request := await read_message(self._requests)) is not None:
            number = int(request.header["id"])
            if request.header["op"] != FORGET:
                self._under_way[number] = task = asyncio.create_task(self._answer(request))
                task.add_done_callback(partial(self._finished, number))
            elif number in self._under_way:
                self._under_way[number].cancel()

    def _finished(self, number: int, _: "asyncio.Task[None]") -> None:
        del self._under_way[number]

    async def close(self) -> None:
        async with asyncio.timeout(CLOSING):
            for part in reversed(self._parts):
                await part.close()

    async def _answer(self, request: Message) -> None:
        answer, broken = await self._answer_of(request)
        self._answers.write(answer)
        await self._answers.drain()
        if broken:
            leave(BROKEN)

    async def _answer_of(self, request: Message) -> tuple[bytes, bool]:
        """Ready to be sent, and whether nothing more is to be had of this process."""
        try:
            answer = await self._operations[str(request.header["op"])](request)
            return _framed(answer, request), False
        except Refused as error:
            return _framed(_refusal(str(error), refused=True), request), False
        except Broken as error:
            return _framed(_refusal(str(error)), request), True
        except CoreError as error:
            return _framed(_refusal(str(error)), request), False
        except Exception as error:  # noqa: BLE001 - the edge: one request
            traceback.print_exception(error)
            return _framed(_failure(error), request), False
        except (asyncio.CancelledError, KeyboardInterrupt, SystemExit):
            raise
        except BaseException as panic:  # noqa: BLE001 - so arrive the panics of native code
            traceback.print_exception(panic)
            return _framed(_failure(panic), request), True

    async def _open(self, request: Message) -> Message:
        if self._parts:
            raise Unavailable("The worker is open already.")
        opened = await self._opener(request.header)
        self._parts.extend(opened.parts)
        self._lanes.extend(opened.lanes)
        for part in opened.parts:
            self._operations.update(part.operations)
        return Message(header={"embeds": opened.embeds, "notice": opened.notice})

    async def _ping(self, _: Message) -> Message:
        """Felt where questions are answered: one that hangs there may have been called off."""
        for lanes in self._lanes:
            await lanes.pulse()
        return Message(header={"memory": _memory()})


def _framed(answer: Message, request: Message) -> bytes:
    header: Header = {**answer.header, "id": request.header["id"]}
    return packed(Message(header=header, payload=answer.payload))


def _refusal(sentence: str, **kind: bool) -> Message:
    header: Header = {"error": sentence, **kind}
    return Message(header=header)


def _failure(error: BaseException) -> Message:
    """What failed and where, for the bot's log: its own words may be those of a document."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = f"{type(error).__name__} in {place.name} ({Path(place.filename).name}:{place.lineno})"
    return Message(header={"error": FAILED, "failure": what})


def _memory() -> int:
    """The bytes of memory it occupies; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def leave(status: int) -> NoReturn:
    """At once: threads that are in the middle of something are not waited for."""
    sys.stderr.flush()
    os._exit(status)


async def _watch_itself() -> None:
    while True:
        faulthandler.dump_traceback_later(HUNG, exit=True)
        await asyncio.sleep(HUNG / 10)


async def serve(source: int, target: int) -> None:
    loop = asyncio.get_running_loop()
    reader = asyncio.StreamReader(limit=BUFFER)
    protocol = asyncio.StreamReaderProtocol(reader)
    await loop.connect_read_pipe(lambda: protocol, os.fdopen(source, "rb"))
    answers = asyncio.StreamReaderProtocol(asyncio.StreamReader())
    pipe, _ = await loop.connect_write_pipe(lambda: answers, os.fdopen(target, "wb"))
    watch = asyncio.create_task(_watch_itself())
    worker = WorkerLoop(reader, asyncio.StreamWriter(pipe, answers, None, loop), open_parts)
    try:
        await worker.run()
        await worker.close()
    finally:
        watch.cancel()


def take_the_wire() -> tuple[int, int]:
    """Standard input and output as the wire alone: whatever prints, prints among the errors."""
    source, target = os.dup(0), os.dup(1)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return source, target


def main() -> None:
    # The bot decides when it ends: what stops the bot often reaches both processes.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    source, target = take_the_wire()
    asyncio.run(_serve_and_leave(source, target))


async def _serve_and_leave(source: int, target: int) -> None:
    try:
        await serve(source, target)
    except TimeoutError:
        leave(1)
    leave(0)


if __name__ == "__main__":
    main()
