"""How PostgreSQL goes through long lists: along an index, without sorting what it finds."""

import re

import asyncpg
import pytest

from storage.incident_lists import Shape, _page
from storage.migrating import migrate

PAGES = {
    "newest": (Shape(), 0),
    "oldest": (Shape(oldest_first=True), 0),
    "of one state": (Shape(("states",)), 1),
    "of one severity": (Shape(("severities",)), 1),
    "of one mode": (Shape(("modes",)), 1),
    "of an assignee": (Shape(("assignee",)), 0),
}
INDEXES_ONLY = ("enable_seqscan", "enable_bitmapscan", "enable_incremental_sort")


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_picked_in_the_order_of_an_index(postgres_url: str, page: str) -> None:
    shape, branches = PAGES[page]
    await migrate(postgres_url)
    connection = await asyncpg.connect(postgres_url.replace("+asyncpg", ""))
    try:
        for setting in INDEXES_ONLY:
            await connection.execute(f"SET {setting} = off")
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        picked = _page(shape, branches, False).on("postgresql").sql
        await connection.execute(f"PREPARE page AS {picked}")
        values = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", picked))))
        lines = await connection.fetch(f"EXPLAIN EXECUTE page({values})")
    finally:
        await connection.close()

    plan = "\n".join(line[0] for line in lines)
    picking = plan[plan.index("Limit") :]
    assert "Index" in picking
    assert "Sort Key: incidents" not in picking
