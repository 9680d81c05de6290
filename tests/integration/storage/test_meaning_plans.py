"""How PostgreSQL goes about verdicts and words: by an index, whoever's rows are the newest."""

import asyncio
import re
from typing import Any

import asyncpg
import pytest

from core.domain.ids import OrganizationId
from storage import likeness_reads, likenesses
from storage.candidate_statements import NEWEST, TITLES
from storage.migrating import migrate
from storage.search_terms import Sought, key_of, word_terms
from storage.statements import Statement
from tests.postgres import PostgresServer

OLD = OrganizationId("org_old")
_HOUSES = """
INSERT INTO organizations (id, slug, name, created_at)
SELECT 'org_' || name, name, name, now() FROM unnest(ARRAY['old', 'new']) AS name;
INSERT INTO incidents (id, organization_id, number, title, severity, created_at, updated_at, source,
    state, phase, description, severity_word, created_by_name, channel_name, version)
SELECT 'inc_' || n, 'org_old', n, 'Slow', 'high', now(), now(), 'rest', 'open', 'investigating', '',
    '', '', '', 1 FROM generate_series(1, 1000) AS n
"""
_FOUND = """
INSERT INTO likenesses (incident_id, other_id, organization_id, kind, found_at, score, rank, reason,
    model, verdict, judged_by, judged_at)
SELECT 'inc_' || n, 'inc_' || (n + k) % 1000, 'org_old', 'incident', now(), 0.5, 1, '', '',
    CASE WHEN n % 100 = 0 AND k = 1 THEN 'same_cause' END, '', now()
FROM generate_series(1, 1000) AS n, generate_series(1, 20) AS k
"""
_FILED = """
INSERT INTO search_documents (id, organization_id, kind, title, body, words, stale)
SELECT $1 || n, $1, 'incident', 'Slow', '',
    array_to_tsvector(ARRAY[$2 || 'a' || n, $2 || 'kincident']
        || CASE WHEN n % 4 = 0 THEN ARRAY[$2 || 'aslow'] ELSE ARRAY[]::text[] END), false
FROM generate_series(1, $3::int) AS n
"""


async def _grow(url: str) -> None:
    await migrate(url)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        await connection.execute(_HOUSES)
        await connection.execute(_FOUND)
        for name, count in ((OLD, 6_000), (OrganizationId("org_new"), 9_000)):
            await connection.execute(_FILED, name, key_of(name), count)
        await connection.execute("VACUUM ANALYZE")
    finally:
        await connection.close()


@pytest.fixture(scope="module")
def judged(postgres_cluster: PostgresServer) -> str:
    url = postgres_cluster.create("judged")
    asyncio.run(_grow(url))
    return url


async def _explained(url: str, statement: Statement, values: str) -> str:
    """`values` as SQL would write them, for the planner to see; none are for any."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        kind = "custom" if values else "generic"
        await connection.execute(f"SET plan_cache_mode = force_{kind}_plan")
        sql = statement.on("postgresql").sql
        await connection.execute(f"PREPARE question AS {sql}")
        anything = ", ".join(["NULL"] * len(set(re.findall(r"\$\d+", sql))))
        lines = await connection.fetch(f"EXPLAIN EXECUTE question({values or anything})")
    finally:
        await connection.close()
    return "\n".join(line[0] for line in lines)


@pytest.mark.parametrize(
    "statement",
    [likenesses._PAIRS, likeness_reads._VERDICTS.seen, likeness_reads._LATER_VERDICTS.seen],
)
async def test_verdicts_are_found_without_reading_what_nobody_judged(
    judged: str, statement: Statement
) -> None:
    plan = await _explained(judged, statement, "")

    used = set(re.findall(r"ix_likenesses\w*", plan))
    assert used != set()
    assert all(name.startswith("ix_likenesses_judged") for name in used), plan
    assert "Seq Scan on likenesses" not in plan


def _literals(statement: Statement, values: dict[str, Any]) -> str:
    """As the planner is told them."""
    bound = statement.on("postgresql").bind(values)
    written = []
    for value in bound:
        if isinstance(value, list):
            written.append("ARRAY[" + ", ".join(f"'{one}'" for one in value) + "]")
        else:
            written.append(str(value) if isinstance(value, int) else _quoted(str(value)))
    return ", ".join(written)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


@pytest.mark.parametrize("statement", [NEWEST, TITLES])
async def test_the_newest_of_an_organisation_are_not_looked_for_among_newer_rows_of_others(
    judged: str, statement: Statement
) -> None:
    terms = word_terms(("slow",), OLD)
    asked = {"organization": OLD, "terms": terms, "limit": 200}
    values = _literals(statement, {**asked, "sought": Sought(terms=terms, together=True)})

    plan = await _explained(judged, statement, values)

    assert "Bitmap Index Scan on ix_search_documents_words" in plan
    assert "Backward" not in plan
