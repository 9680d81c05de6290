"""A proxy before PostgreSQL that goes deaf: the first commit is carried out, its answer is lost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url


class DeafProxy:
    def __init__(self, host: str, port: int) -> None:
        self._target = (host, port)
        self._commits_to_swallow = 0
        self.swallowed = 0

    def swallow_next_commit(self) -> None:
        self._commits_to_swallow = 1

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        server_reader, server_writer = await asyncio.open_connection(*self._target)
        backward = asyncio.create_task(_copy(server_reader, writer))
        try:
            while data := await reader.read(65_536):
                if b"COMMIT" in data and self._commits_to_swallow:
                    await self._carry_out_unheard(data, server_writer, backward)
                    return
                server_writer.write(data)
        finally:
            backward.cancel()
            server_writer.close()
            writer.close()

    async def _carry_out_unheard(
        self, data: bytes, server_writer: asyncio.StreamWriter, backward: "asyncio.Task[None]"
    ) -> None:
        self._commits_to_swallow = 0
        self.swallowed += 1
        backward.cancel()
        server_writer.write(data)
        await server_writer.drain()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
    finally:
        writer.close()


@asynccontextmanager
async def deaf_proxy(url: str) -> AsyncIterator[tuple[DeafProxy, str]]:
    """The proxy, and the URL of the same database through it."""
    direct = make_url(url)
    assert direct.host is not None
    assert direct.port is not None
    proxy = DeafProxy(direct.host, direct.port)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    try:
        yield proxy, direct.set(port=port).render_as_string(hide_password=False)
    finally:
        server.close()
