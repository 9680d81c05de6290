"""A load generator thin enough that it is not what is measured: keep-alive, one socket each."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Request = Callable[[int], bytes]
"""The bytes of the n-th request."""


@dataclass(slots=True)
class Load:
    """What a run saw: answers by status, and seconds each took."""

    seconds: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        good = sum(n for status, n in self.statuses.items() if 200 <= status < 300)
        return good / self.seconds if self.seconds else 0.0

    @property
    def failures(self) -> int:
        return sum(n for status, n in self.statuses.items() if not 200 <= status < 300)

    def percentile(self, share: float) -> float:
        """Seconds below which that share of the answers came."""
        ordered = sorted(self.latencies)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0


async def run(
    port: int, request: Request, *, connections: int = 32, seconds: float = 3.0, most: int = 10**9
) -> Load:
    """Ask `port` on loopback for `seconds`, or `most` times, each connection one at a time."""
    load, numbers = Load(), iter(range(most))
    begin = time.perf_counter()
    until = begin + seconds
    await asyncio.gather(
        *(_connection(port, request, numbers, until, load) for _ in range(connections))
    )
    load.seconds = time.perf_counter() - begin
    return load


async def _connection(
    port: int, request: Request, numbers: Iterator[int], until: float, load: Load
) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**20)
    try:
        for number in numbers:
            begin = time.perf_counter()
            if begin >= until:
                return
            writer.write(request(number))
            status = await _answer(reader)
            load.latencies.append(time.perf_counter() - begin)
            load.statuses[status] += 1
    finally:
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    await reader.readexactly(_content_length(head))
    return status


def _content_length(head: bytes) -> int:
    at = head.lower().find(b"content-length:")
    return int(head[at + 15 : head.index(b"\r\n", at)]) if at >= 0 else 0


def http(method: str, path: str, *, headers: dict[str, str], body: bytes = b"") -> bytes:
    """One request, to the byte."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", f"Content-Length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
