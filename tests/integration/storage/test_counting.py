"""Counters can be made anew from the rows they count, whatever they say."""

from core.domain.particulars import Mode
from core.domain.severity import Severity
from core.domain.state import State
from core.views import IncidentQuery
from storage.incident_counts import ADD, RECOUNT, Bucket
from storage.session import Draft
from tests.integration.storage.house import House, opened


async def _totals(house: House) -> list[int]:
    wanted = (None, Severity.HIGH, Severity.LOW)
    queries = [IncidentQuery(severities=frozenset({one} if one else ()), limit=1) for one in wanted]
    reads, id = house.storage.reads, house.organization_id
    return [(await reads.incidents(id, query)).total for query in queries]


async def test_an_organisation_is_counted_anew(database_url: str) -> None:
    async with opened(database_url) as house:
        for _ in range(2):
            await house.declare()
        wrong = Bucket(house.organization_id, State.OPEN, Severity.LOW, Mode.STANDARD)

        async def miscount(draft: Draft) -> None:
            draft.stage(ADD, {**wrong._asdict(), "count": 40})

        async def recount(draft: Draft) -> None:
            for statement in RECOUNT:
                draft.stage(statement, {"organization": house.organization_id})

        await house.storage.writer.submit(miscount)
        before = await _totals(house)
        await house.storage.writer.submit(recount)

        assert before == [42, 2, 0]
        assert await _totals(house) == [2, 2, 0]
