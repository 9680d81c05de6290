"""One life of the worker, from its start to its end: requests go in, answers come back."""

import asyncio
import contextlib
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import AsyncIterator, Mapping, Sequence

from core.errors import Unavailable
from storage.similarity.process_state import AWAY_NOTICE, Report
from storage.similarity.wire import (
    BUFFER,
    FORGET,
    Garbled,
    Header,
    Message,
    Refused,
    packed,
    read_message,
)

COMMAND = (sys.executable, "-P", "-m", "storage.similarity.worker")
MOST_UNDER_WAY = 256
LAST_WORDS = 20
LONGEST_WORD = 500
KEPT = {"PATH", "HOME", "LANG", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE", "SSL_CERT_DIR"}
KEPT_BEGINNINGS = ("LC_", "PYTHON")


class Line:
    """The requests under way. Once it is over, none is left without an answer."""

    def __init__(self, process: Process, report: Report) -> None:
        self._process = process
        self._report = report
        self._failures: set[tuple[str, str]] = set()
        self._waiting: dict[int, asyncio.Future[Message]] = {}
        self._asked = 0
        self._hung = False
        self.over = asyncio.Event()
        self.reason = ""
        self.last_words: deque[str] = deque(maxlen=LAST_WORDS)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(
        self, op: str, header: Header, payload: bytes, within: float, *, forget: bool = False
    ) -> Message:
        """Raises `Unavailable` and `Refused`. Without an answer in time, its life is over.
        `forget` tells it when nobody waits for the answer any more."""
        if self.over.is_set():
            raise Unavailable(AWAY_NOTICE)
        if len(self._waiting) >= MOST_UNDER_WAY:
            raise Unavailable("Search by meaning has too much to do at the moment.")
        self._asked += 1
        number = self._asked
        request = Message(header={**header, "op": op, "id": number}, payload=payload)
        self._waiting[number] = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(within):
                return self._checked(op, await self._answer_to(request, number))
        except TimeoutError as error:
            self._hung = True
            self._waiting.pop(number)
            self._end_of(f"It did not answer “{op}” within {within:g} seconds.")
            raise Unavailable(AWAY_NOTICE) from error
        except asyncio.CancelledError:
            if forget and not self.over.is_set():
                self._send(Message(header={"op": FORGET, "id": number}))
            raise
        finally:
            self._waiting.pop(number, None)

    def _checked(self, op: str, answer: Message) -> Message:
        """Each failure is told once: one at every request would fill the log."""
        failure = str(answer.header.get("failure", ""))
        if failure and (op, failure) not in self._failures:
            self._failures.add((op, failure))
            self._report("worker.failed", {"request": op, "failure": failure})
        return _checked(answer)

    async def _answer_to(self, request: Message, number: int) -> Message:
        stdin = self._send(request)
        with contextlib.suppress(ConnectionError):  # whoever listens has the news as well
            await stdin.drain()
        return await self._waiting[number]

    def _send(self, message: Message) -> asyncio.StreamWriter:
        assert self._process.stdin is not None
        self._process.stdin.write(packed(message))
        return self._process.stdin

    def _end_of(self, reason: str) -> None:
        """The first reason is the true one."""
        if not self.over.is_set():
            self.reason = reason
            self.over.set()
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(Unavailable(AWAY_NOTICE))

    async def listen(self) -> None:
        """Until it says nothing any more."""
        assert self._process.stdout is not None
        reason = "It ended by itself."
        try:
            while (message := await read_message(self._process.stdout)) is not None:
                answer = self._waiting.get(message.header.get("id", 0))
                if answer is not None and not answer.done():
                    answer.set_result(message)
        except Garbled as error:
            reason = str(error)
        finally:
            self._end_of(reason)

    async def overhear(self) -> None:
        """What it and its libraries print is kept, a few lines of it, for when it ends."""
        assert self._process.stderr is not None
        while line := await _next_line(self._process.stderr):
            self.last_words.append(line.decode("utf-8", "replace").rstrip()[:LONGEST_WORD])

    async def end(self, patience: float) -> None:
        """Its input is closed, which ends it; one that takes too long is killed."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        try:
            async with asyncio.timeout(0 if self._hung else patience):
                await self._process.wait()
        except TimeoutError:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()

    @property
    def end_words(self) -> str:
        """What it ended of, and how, once it has ended."""
        return f"{self.reason} (exit status {self._process.returncode})".strip()


def _checked(message: Message) -> Message:
    sentence = message.header.get("error")
    if sentence is None:
        return message
    if message.header.get("refused"):
        raise Refused(sentence)
    raise Unavailable(sentence)


async def _next_line(reader: asyncio.StreamReader) -> bytes:
    """The next one, or a piece of it if it is endless; nothing at the end."""
    try:
        return await reader.readuntil(b"\n")
    except asyncio.IncompleteReadError as error:
        return error.partial
    except asyncio.LimitOverrunError as error:
        return await reader.readexactly(max(error.consumed, 1))


@contextlib.asynccontextmanager
async def started(command: Sequence[str], patience: float, report: Report) -> AsyncIterator[Line]:
    """A worker that runs; it has ended when the block is left. Raises `OSError`."""
    process = await asyncio.create_subprocess_exec(
        *command, stdin=PIPE, stdout=PIPE, stderr=PIPE, limit=BUFFER,
        env=environment_of(os.environ), start_new_session=True,
    )  # fmt: skip
    line = Line(process, report)
    ears = [asyncio.create_task(line.listen()), asyncio.create_task(line.overhear())]
    try:
        yield line
    finally:
        await line.end(patience)
        await asyncio.gather(*ears)


def environment_of(inherited: Mapping[str, str]) -> dict[str, str]:
    """What the worker is given of the bot's environment: what it needs, and nothing else, as any
    of the rest could be a secret."""
    kept = {
        name: value
        for name, value in inherited.items()
        if name in KEPT or name.startswith(KEPT_BEGINNINGS)
    }
    return {
        **kept,
        "ANONYMIZED_TELEMETRY": "False",
        "MALLOC_ARENA_MAX": "2",
        "TOKENIZERS_PARALLELISM": "false",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
    }
