"""Reading the plain nouns: one of them, or a page as the envelope of `/api/v1` has it."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from pydantic import Field

from bot.api import wire_v1
from bot.api.doors import Doors
from bot.api.entity_tags import expected_version, is_conditional
from bot.api.operations import Call
from bot.api.paging import PageQuery, cursor_of
from core.domain.record import Record
from core.ports import RecordQuery

K = TypeVar("K", bound=Record)


class RecordsQuery(PageQuery):
    search: Annotated[str | None, Field(description="Text in it, whatever the case.")] = None


async def found(doors: Doors, call: Call, kind: type[K]) -> K:
    """The one whose id is in the path, or `NotFound`."""
    reads = doors.seen_by(call.client)
    return await reads.record(call.client.organization_id, kind, call.params["id"])


async def condition(doors: Doors, call: Call, kind: type[Record]) -> int | None:
    """The version that a change of it insists on, if it insists on one."""
    if not is_conditional(call.request):
        return None
    return expected_version(call.request, (await found(doors, call, kind)).version)


async def listed(
    doors: Doors,
    call: Call,
    kind: type[K],
    entry: Callable[[K], dict[str, Any]],
    *,
    parent_id: str | None = None,
) -> bytes:
    """The page that was asked for, newest first."""
    paging = call.query.paging()
    page = await doors.seen_by(call.client).records(
        call.client.organization_id,
        kind,
        RecordQuery(
            parent_id=parent_id,
            search=call.query.search or "",
            limit=paging.limit,
            offset=paging.offset,
            after=paging.after,
        ),
    )
    last = page.rows[-1] if page.more else None
    return wire_v1.many(
        [entry(row) for row in page.rows],
        paging,
        total=page.total,
        next_cursor=cursor_of((last.created_at, last.id)) if last else None,
    )
