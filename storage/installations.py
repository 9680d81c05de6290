"""Installed workspaces in SQL."""

from sqlalchemy import bindparam, delete, select

from core.domain.ids import TeamId
from core.ports import Installation
from storage.connection import Connection
from storage.mapping import Mapping
from storage.readers import Readers
from storage.session import Draft
from storage.statements import Statement, deletion, replacement
from storage.tables import installations
from storage.writer import Writer

_INSTALLATION = Mapping(Installation)
_all = select(*_INSTALLATION.columns(installations))
_this = installations.c.team_id == bindparam("team_id")
_FIND = Statement(_all.where(_this))
_ALL = Statement(_all.order_by(installations.c.team_id))
_SAVE = replacement(installations, "team_id")
_REMOVE = deletion(delete(installations).where(_this), installations)


class SqlInstallations:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def find(self, team_id: TeamId) -> Installation | None:
        async def question(connection: Connection) -> Installation | None:
            rows = await connection.fetch(_FIND, {"team_id": team_id})
            return _INSTALLATION.value(rows[0]) if rows else None

        return await self._readers.glance(question)

    async def all(self) -> list[Installation]:
        async def question(connection: Connection) -> list[Installation]:
            return [_INSTALLATION.value(row) for row in await connection.fetch(_ALL, {})]

        return await self._readers.glance(question)

    async def save(self, installation: Installation) -> None:
        await self._write(_SAVE, _INSTALLATION.row(installation))

    async def remove(self, team_id: TeamId) -> None:
        await self._write(_REMOVE, {"team_id": team_id})

    async def _write(self, statement: Statement, values: dict[str, object]) -> None:
        async def work(draft: Draft) -> None:
            await draft.settle(("installations", ""))
            draft.stage(statement, values, ("installations", ""))

        await self._writer.submit(work)
