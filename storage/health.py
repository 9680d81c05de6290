"""Whether the database answers: it is asked to write nothing, the way everything is written."""

from storage.session import Draft
from storage.writer import Writer


class SqlHealth:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def check(self) -> None:
        async def work(draft: Draft) -> None:
            await draft.settle()

        await self._writer.submit(work)
