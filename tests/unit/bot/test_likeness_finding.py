"""What looks like a new incident is found by itself, and asked for at any time."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

import pytest

from bot.likenesses import (
    BUSY,
    LEAST,
    LONGEST,
    MOST_PROCEDURES,
    MOST_SOUGHT,
    Likenesses,
    LikenessFinder,
)
from core.bus import CommandBus
from core.commands import (
    AddProcedure,
    DeclareIncident,
    DeleteIncident,
    JudgeLikeness,
    PostUpdate,
    ResolveIncident,
)
from core.domain.actor import Caller
from core.domain.incident import Incident
from core.domain.likeness import MOST_SHOWN, Verdict
from core.domain.state import State
from core.effects import FindLikenesses
from core.errors import NotFound, Unavailable
from core.ports import Found, Parcel, ParcelId, Unreachable
from core.views import LikenessRow
from tests.fakes.answering_search import AnsweringSearch
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore

FinderFactory: TypeAlias = Callable[..., LikenessFinder]


@pytest.fixture
def search() -> AnsweringSearch:
    return AnsweringSearch()


@pytest.fixture
def make_finder(
    bus: CommandBus, store: FakeStore, search: AnsweringSearch, clock: FakeClock
) -> FinderFactory:
    return partial(LikenessFinder, bus=bus, reads=store.reads, search=search, clock=clock)


@pytest.fixture
def finder(make_finder: FinderFactory) -> LikenessFinder:
    return make_finder()


async def test_a_few_incidents_and_procedures_are_written_down_the_best_first(
    bus: CommandBus,
    store: FakeStore,
    alice: Caller,
    finder: LikenessFinder,
    search: AnsweringSearch,
    clock: FakeClock,
) -> None:
    past = [await _declared(bus, alice) for _ in range(MOST_SHOWN + 1)]
    steps = [
        await _procedure(bus, alice, f"Step {number}") for number in range(MOST_PROCEDURES + 1)
    ]
    now = await _declared(bus, alice)
    search.found = [_found(one.id, 0.9) for one in past]
    search.found += [_found(id, 0.8, "procedure") for id in steps]

    await finder.deliver(FindLikenesses(incident_id=now.id), _parcel(now, alice))

    rows = await store.reads.likenesses(alice.organization_id, now.id)
    wanted = [*(one.id for one in past[:MOST_SHOWN]), *steps[:MOST_PROCEDURES]]
    [first, *_] = store.rows.of(alice.organization_id).likenesses.values()
    assert [row.id for row in rows] == wanted
    assert [row.rank for row in rows] == list(range(1, len(wanted) + 1))
    assert (rows[0].score, rows[0].reason) == (0.9, "because")
    assert (first.model, first.found_at) == ("a model", clock())


async def test_search_is_asked_about_the_incident_with_all_that_is_known(
    bus: CommandBus, alice: Caller, finder: LikenessFinder, search: AnsweringSearch
) -> None:
    now = await _declared(bus, alice, description="p99 is 2 s")
    await bus.execute(PostUpdate(caller=alice, incident_id=now.id, text="It is the database."))

    await finder.deliver(FindLikenesses(incident_id=now.id), _parcel(now, alice))

    assert {query.about for query in search.asked} == {now.id}
    assert {query.least for query in search.asked} == {LEAST}
    assert {query.text for query in search.asked} == {
        "Checkout is slow\np99 is 2 s\nIt is the database."
    }


async def test_drafts_are_nobodys_likeness(
    bus: CommandBus,
    store: FakeStore,
    alice: Caller,
    finder: LikenessFinder,
    search: AnsweringSearch,
) -> None:
    drafts = [await _declared(bus, alice, state=State.DRAFT) for _ in range(MOST_SHOWN)]
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    search.found = [*(_found(one.id, 0.9) for one in drafts), _found(past.id, 0.7)]

    await finder.deliver(FindLikenesses(incident_id=now.id), _parcel(now, alice))

    assert [row.id for row in await store.reads.likenesses(alice.organization_id, now.id)] == [
        past.id
    ]


async def test_nothing_is_written_where_nothing_was_found_or_the_incident_is_over(
    bus: CommandBus,
    store: FakeStore,
    alice: Caller,
    finder: LikenessFinder,
    search: AnsweringSearch,
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    await finder.deliver(FindLikenesses(incident_id=now.id), _parcel(now, alice))
    await bus.execute(ResolveIncident(caller=alice, incident_id=now.id))
    search.found = [_found(past.id, 0.9)]
    events = store.events(alice.organization_id)

    await finder.deliver(FindLikenesses(incident_id=now.id), _parcel(now, alice))

    assert store.events(alice.organization_id) == events


async def test_an_incident_that_was_deleted_meanwhile_needs_nothing(
    bus: CommandBus, alice: Caller, finder: LikenessFinder, search: AnsweringSearch
) -> None:
    now = await _declared(bus, alice)
    await bus.execute(DeleteIncident(caller=alice, incident_id=now.id))

    await finder.deliver(FindLikenesses(incident_id=now.id), _parcel(now, alice))

    assert search.asked == []


async def test_while_search_cannot_answer_it_is_tried_again_later(
    bus: CommandBus, alice: Caller, finder: LikenessFinder, search: AnsweringSearch
) -> None:
    now = await _declared(bus, alice)
    search.refusal = Unavailable("The database is busy.")

    with pytest.raises(Unreachable, match="busy"):
        await finder.deliver(FindLikenesses(incident_id=now.id), _parcel(now, alice))


async def test_only_a_few_are_sought_at_once_so_that_slack_is_not_kept_waiting(
    bus: CommandBus, alice: Caller, make_finder: FinderFactory
) -> None:
    now = await _declared(bus, alice)

    [refusal] = await _turned_away(make_finder, now, alice, times=1)

    assert refusal.retry_after == BUSY
    assert not refusal.doubtful


async def test_the_more_wait_the_later_each_looks_again(
    bus: CommandBus, alice: Caller, make_finder: FinderFactory
) -> None:
    now = await _declared(bus, alice)

    refusals = await _turned_away(make_finder, now, alice, times=2_000)

    waits = [refusal.retry_after or 0.0 for refusal in refusals]
    busiest = max(Counter(int(wait) for wait in waits[:1_000]).values())
    assert waits == sorted(waits)
    assert waits[0] == BUSY
    assert busiest <= 25  # writes in any second
    assert max(waits) == LONGEST


async def test_what_is_said_to_be_unrelated_is_not_asked_for_again(
    bus: CommandBus, store: FakeStore, alice: Caller, search: AnsweringSearch
) -> None:
    same, unrelated, other = [await _declared(bus, alice) for _ in range(3)]
    now = await _declared(bus, alice)
    await _judge(bus, alice, now, unrelated.id, Verdict.NOT_RELATED)
    await _judge(bus, alice, now, same.id, Verdict.SAME_CAUSE)
    search.found = [_found(one.id, 0.9) for one in (unrelated, other)]

    rows = await _asked(store, search, alice, now.reference)

    assert [row.id for row in rows] == [other.id, same.id]
    assert [row.verdict for row in rows] == [None, Verdict.SAME_CAUSE]
    assert rows[1].judged_by == "Alice Archer"


async def test_a_likeness_that_is_found_shows_what_was_said_of_it(
    bus: CommandBus, store: FakeStore, alice: Caller, search: AnsweringSearch
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    await _judge(bus, alice, now, past.id, Verdict.SAME_CAUSE)
    search.found = [_found(past.id, 0.9)]

    [row] = await _asked(store, search, alice, now.id)

    assert (row.score, row.verdict) == (0.9, Verdict.SAME_CAUSE)


async def test_what_people_named_is_there_however_much_search_finds(
    bus: CommandBus, store: FakeStore, alice: Caller, search: AnsweringSearch
) -> None:
    likely = [await _declared(bus, alice) for _ in range(3)]
    both, named, now = [await _declared(bus, alice) for _ in range(3)]
    await _judge(bus, alice, now, both.id, Verdict.SAME_CAUSE)
    await _judge(bus, alice, now, named.id, Verdict.SAME_CAUSE)
    search.found = [_found(one.id, 0.9) for one in (*likely, both)]

    rows = await _asked(store, search, alice, now.id, limit=4)
    fewer = await _asked(store, search, alice, now.id, limit=1)

    assert [row.id for row in rows] == [likely[0].id, likely[1].id, both.id, named.id]
    assert [row.verdict for row in fewer] == [Verdict.SAME_CAUSE]


async def test_what_looks_like_no_incident_is_not_found(
    store: FakeStore, alice: Caller, search: AnsweringSearch
) -> None:
    with pytest.raises(NotFound):
        await _asked(store, search, alice, "INC-404")


async def _declared(bus: CommandBus, by: Caller, **details: Any) -> Incident:
    wish = DeclareIncident(caller=by, title="Checkout is slow", severity="high")
    return await bus.execute(replace(wish, **details))


async def _turned_away(
    make_finder: FinderFactory, incident: Incident, by: Caller, *, times: int
) -> list[Unreachable]:
    """What is told to as many as come while no more can be sought at once."""
    effect, parcel = FindLikenesses(incident_id=incident.id), _parcel(incident, by)
    refusals: list[Unreachable] = []
    depth = 0

    async def settled() -> None:
        nonlocal depth
        depth += 1
        if depth < MOST_SOUGHT:
            await crowded.deliver(effect, parcel)
            return
        for _ in range(times):
            with pytest.raises(Unreachable) as refused:
                await crowded.deliver(effect, parcel)
            refusals.append(refused.value)

    crowded = make_finder(settled=settled)
    await crowded.deliver(effect, parcel)
    return refusals


async def _procedure(bus: CommandBus, by: Caller, title: str) -> str:
    return (await bus.execute(AddProcedure(caller=by, title=title))).id


async def _judge(
    bus: CommandBus, by: Caller, incident: Incident, other_id: str, verdict: Verdict
) -> None:
    await bus.execute(
        JudgeLikeness(caller=by, incident_id=incident.id, other_id=other_id, verdict=verdict)
    )


async def _asked(
    store: FakeStore, search: AnsweringSearch, by: Caller, incident: str, limit: int = 10
) -> list[LikenessRow]:
    likenesses = Likenesses(store.reads, search)
    return await likenesses.of_incident(by.organization_id, incident, limit=limit)


def _found(id: str, score: float, kind: str = "incident") -> Found:
    return Found(
        id=id, kind=kind, title="", score=score, snippet="", reason="because", model="a model"
    )


def _parcel(incident: Incident, by: Caller) -> Parcel:
    return Parcel(
        id=ParcelId(1),
        organization_id=by.organization_id,
        effect=FindLikenesses(incident_id=incident.id),
    )
