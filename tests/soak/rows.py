"""What stands in the database while nobody, or anybody, works with it."""

import asyncio
import contextlib
import sqlite3
from typing import Any, TypeAlias

import asyncpg

Row: TypeAlias = tuple[Any, ...]


async def rows_of(url: str, query: str) -> list[Row]:
    if "sqlite" in url:
        return await asyncio.to_thread(_sqlite_rows, url.partition(":///")[2], query)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()


def _sqlite_rows(file: str, query: str) -> list[Row]:
    with contextlib.closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()
