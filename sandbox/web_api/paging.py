"""The older way to page: by the number of a page, and a count."""

from collections.abc import Sequence
from typing import TypeVar

from sandbox.json_types import Json
from sandbox.web_api.call import Call

T = TypeVar("T")
LARGEST_PAGE = 1_000


def paged(call: Call, rows: Sequence[T], default: int) -> tuple[list[T], Json]:
    """The page the call asks for, and where it stands among the others."""
    count, page = call.number("count", default), call.number("page", 1)
    if not 1 <= count <= LARGEST_PAGE or page < 1:
        raise call.invalid("count is 1 to 1000, and page at least 1")
    pages = max(1, -(-len(rows) // count))
    start = (page - 1) * count
    paging = {"count": count, "total": len(rows), "page": page, "pages": pages}
    return list(rows[start : start + count]), paging
