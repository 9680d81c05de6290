"""What people said of likenesses is there for ranking, and listed for whoever evaluates it."""

from collections.abc import Sequence
from typing import Any

import pytest

from core.domain.ids import IncidentId
from core.domain.likeness import Likeness, Verdict
from core.ports import JudgedPair, VerdictQuery
from tests.contract.house import House
from tests.contract.likenesses import a_likeness, finding, judged_with, judging


@pytest.mark.parametrize("url", ["sqlite", "postgresql"], indirect=True)
async def test_search_knows_verdicts_from_either_side(house: House) -> None:
    one, two, three = [await house.declare() for _ in range(3)]
    await house.run(judging(house, two, one.id, Verdict.SAME_CAUSE))
    await house.run(judging(house, three, two.id, Verdict.NOT_RELATED))
    await house.run(finding(house, three, a_likeness(house, three, one.id)))
    same = JudgedPair(incident_id=two.id, other_id=one.id, verdict=Verdict.SAME_CAUSE)
    other = JudgedPair(incident_id=three.id, other_id=two.id, verdict=Verdict.NOT_RELATED)

    assert await judged_with(house, [one.id]) == [same]
    assert await judged_with(house, {two.id, one.id}) == [same, other]
    assert await judged_with(house, ["inc_none"]) == []
    assert await judged_with(house, []) == []
    assert await judged_with(house, [one.id], organization_id=house.neighbour_id) == []


async def test_verdicts_are_listed_newest_first_and_page_by_page(house: House) -> None:
    past = [await house.declare() for _ in range(3)]
    now = await house.declare()
    for other in past:
        house.clock.advance(minutes=1)
        await house.run(judging(house, now, other.id, Verdict.NOT_RELATED))
    newest_first = [other.id for other in reversed(past)]

    whole = await house.reads.verdicts(house.organization_id, VerdictQuery())
    first = await house.reads.verdicts(house.organization_id, VerdictQuery(limit=2))
    last = first.rows[-1]
    assert last.judged_at is not None
    after = (last.judged_at, last.incident_id, last.other_id)
    rest = await house.reads.verdicts(house.organization_id, VerdictQuery(limit=2, after=after))
    skipped = await house.reads.verdicts(house.organization_id, VerdictQuery(offset=2))

    assert _others(whole.rows) == newest_first
    assert (whole.total, whole.more, first.total, first.more) == (3, False, 3, True)
    assert _others(first.rows) == newest_first[:2]
    assert _others(rest.rows) == _others(skipped.rows) == newest_first[2:]
    assert (rest.more, rest.total) == (False, 3)


async def test_verdicts_at_one_moment_are_listed_once_each(house: House) -> None:
    past, now = [await house.declare() for _ in range(3)], await house.declare()
    for other in past:
        await house.run(judging(house, now, other.id, Verdict.NOT_RELATED))

    seen: list[str] = []
    after: tuple[Any, IncidentId, str] | None = None
    for _ in past:
        page = await house.reads.verdicts(house.organization_id, VerdictQuery(limit=1, after=after))
        [one] = page.rows
        after = (one.judged_at, one.incident_id, one.other_id)
        seen.append(one.other_id)

    assert sorted(seen) == sorted(other.id for other in past)


async def test_verdicts_are_listed_of_the_kinds_that_were_asked_for(house: House) -> None:
    past, now = await house.declare(), await house.declare()
    await house.run(judging(house, now, past.id, Verdict.SAME_CAUSE))
    await house.run(judging(house, now, "prc_1", Verdict.SAME_CAUSE, kind="procedure"))
    incidents = VerdictQuery(kinds=frozenset({"incident"}), limit=1)

    page = await house.reads.verdicts(house.organization_id, incidents)

    assert _others(page.rows) == [past.id]
    assert (page.total, page.more) == (1, False)


async def test_what_was_taken_back_or_is_of_a_deleted_incident_is_not_listed(house: House) -> None:
    past, now, gone = [await house.declare() for _ in range(3)]
    await house.run(judging(house, now, past.id, Verdict.SAME_CAUSE))
    await house.run(judging(house, now, past.id, None))
    await house.run(judging(house, gone, past.id, Verdict.SAME_CAUSE))
    await house.edit(gone, deleted_at=house.clock())

    page = await house.reads.verdicts(house.organization_id, VerdictQuery())

    assert (page.rows, page.total) == ((), 0)


def _others(rows: Sequence[Likeness]) -> list[str]:
    return [one.other_id for one in rows]
