"""What a worker is put together from: parts with operations, and the threads they work in."""

import asyncio
import os
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, TypeAlias, TypeVar

from storage.similarity.wire import Broken, Message

T = TypeVar("T")
Operation: TypeAlias = Callable[[Message], Awaitable[Message]]

BEHIND = 10
"""How far what is done in bulk stands back for the processor (the nice value of its thread)."""


class Part(Protocol):
    @property
    def operations(self) -> Mapping[str, Operation]:
        """By the name that a request asks for."""

    async def close(self) -> None: ...


class Lanes:
    """Two threads: what somebody waits for never queues behind what is done in bulk.

    What ends a thread's work for good is remembered, for the pulse to tell: whoever asked may have
    stopped waiting for the answer."""

    def __init__(self, name: str) -> None:
        self._urgent = ThreadPoolExecutor(1, thread_name_prefix=f"{name}-urgent")
        self._bulk = ThreadPoolExecutor(
            1, thread_name_prefix=f"{name}-bulk", initializer=_stand_back
        )
        self._fatal: BaseException | None = None

    async def urgent(self, do: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._urgent, self._done, do, *args)

    async def bulk(self, do: Callable[..., T], *args: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._bulk, self._done, do, *args)

    async def pulse(self) -> None:
        """Returns as soon as a question has its turn; never, if one hangs. Raises what nothing
        can be done after."""
        await self.urgent(_nothing)
        if self._fatal is not None:
            raise self._fatal

    def _done(self, do: Callable[..., T], *args: object) -> T:
        try:
            return do(*args)
        except Broken as broken:
            self._fatal = broken
            raise
        except Exception:
            raise
        except BaseException as panic:
            # So arrive the panics of native code.
            self._fatal = panic
            raise


def _nothing() -> None:
    """Work that takes no time."""


def _stand_back() -> None:
    """Only Linux knows a priority of one thread; elsewhere both are equal."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), BEHIND)
