"""Where things of an incident or a maintenance stand in Slack, in SQL."""

from sqlalchemy import bindparam, literal_column, select, update

from core.domain.ids import ChannelId, OrganizationId
from core.ports import Posting
from storage.connection import Connection
from storage.mapping import Mapping
from storage.readers import Readers
from storage.session import EVERY, Draft
from storage.statements import Statement, changing, replacement
from storage.tables import postings
from storage.writer import Writer

_POSTING = Mapping(Posting)
_FIND = Statement(
    select(*_POSTING.columns(postings)).where(
        postings.c.organization_id == bindparam("organization"),
        postings.c.subject_id == bindparam("subject"),
        postings.c.role == bindparam("role"),
    )
)
_ALL_OF = Statement(
    select(*_POSTING.columns(postings))
    .where(
        postings.c.organization_id == bindparam("organization"),
        postings.c.subject_id == bindparam("subject"),
    )
    .order_by(postings.c.role)
)
_RECORD = replacement(postings, "subject_id", "role")
_BEGIN = replacement(postings, "subject_id", "role", where=postings.c.ts == literal_column("''"))
_MOVE = changing(
    update(postings)
    .where(
        postings.c.organization_id == bindparam("organization"),
        postings.c.channel_id == bindparam("before"),
    )
    .values(channel_id=bindparam("after")),
    postings,
)


class SqlPostings:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def find(
        self, organization_id: OrganizationId, subject_id: str, role: str
    ) -> Posting | None:
        values = {"organization": organization_id, "subject": subject_id, "role": role}

        async def question(connection: Connection) -> Posting | None:
            rows = await connection.fetch(_FIND, values)
            return _POSTING.value(rows[0]) if rows else None

        return await self._readers.glance(question)

    async def all_of(self, organization_id: OrganizationId, subject_id: str) -> list[Posting]:
        values = {"organization": organization_id, "subject": subject_id}

        async def question(connection: Connection) -> list[Posting]:
            return [_POSTING.value(row) for row in await connection.fetch(_ALL_OF, values)]

        return await self._readers.ask(question)

    async def record(
        self, organization_id: OrganizationId, subject_id: str, posting: Posting
    ) -> None:
        row = _POSTING.row(posting, organization_id=organization_id, subject_id=subject_id)

        async def work(draft: Draft) -> None:
            draft.stage(_RECORD, row, ("postings", subject_id))

        await self._writer.submit(work)

    async def begin(
        self, organization_id: OrganizationId, subject_id: str, posting: Posting
    ) -> None:
        row = _POSTING.row(posting, organization_id=organization_id, subject_id=subject_id)

        async def work(draft: Draft) -> None:
            draft.stage(_BEGIN, row, ("postings", subject_id))

        await self._writer.submit(work)

    async def move(
        self, organization_id: OrganizationId, channel_id: ChannelId, moved_to: ChannelId
    ) -> None:
        values = {"organization": organization_id, "before": channel_id, "after": moved_to}

        async def work(draft: Draft) -> None:
            draft.stage(_MOVE, values, ("postings", EVERY))

        await self._writer.submit(work)
