"""What looks like an incident is written down once, and judged by people as often as they like."""

from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.commands import (
    AddArticle,
    AddProcedure,
    DeclareIncident,
    DeleteIncident,
    ExecuteProcedure,
    JudgeLikeness,
    WriteLikenesses,
)
from core.domain.account import Role
from core.domain.actor import Caller, Permission
from core.domain.events import LikenessesFound, LikenessJudged, ProcedureRun
from core.domain.ids import IncidentId, OrganizationId
from core.domain.incident import Incident
from core.domain.likeness import Likeness, Verdict
from core.domain.procedure import Procedure
from core.effects import PostExecution, RefreshLikenesses
from core.errors import IllegalTransition, InvalidInput, NotFound, NotPermitted
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import hire, the_relay
from tests.fakes.store import FakeStore


async def _declared(bus: CommandBus, by: Caller, title: str = "Checkout is slow") -> Incident:
    return await bus.execute(DeclareIncident(caller=by, title=title, severity="high"))


async def _procedure(bus: CommandBus, by: Caller) -> Procedure:
    return await bus.execute(AddProcedure(caller=by, title="Restart the pooler"))


def _like(incident: Incident, other_id: str, rank: int = 1, kind: str = "incident") -> Likeness:
    return Likeness(
        incident_id=incident.id,
        other_id=other_id,
        kind=kind,
        found_at=NOON,
        score=0.9 - rank / 10,
        rank=rank,
        reason="Both mention connection pool",
        model="a model",
    )


def _writing(by: Caller, incident: Incident, *found: Likeness) -> WriteLikenesses:
    relay = the_relay(by.organization_id)
    return WriteLikenesses(caller=relay, incident_id=incident.id, likenesses=found)


async def test_what_was_found_is_written_down_and_shown(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    procedure = await _procedure(bus, alice)
    found = (_like(now, past.id), _like(now, procedure.id, 2, "procedure"))

    written = await bus.execute(_writing(alice, now, *found))

    [*_, event] = store.events(alice.organization_id)
    assert list(written) == list(found)
    assert isinstance(event, LikenessesFound)
    assert event.others == ("INC-1", "“Restart the pooler”")
    assert store.effects[-1] == RefreshLikenesses(incident_id=now.id)


async def test_it_is_written_once_and_the_incident_keeps_its_version(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    past, other = await _declared(bus, alice), await _declared(bus, alice)
    now = await _declared(bus, alice)
    await bus.execute(_writing(alice, now, _like(now, past.id)))
    events = store.events(alice.organization_id)

    again = await bus.execute(_writing(alice, now, _like(now, other.id)))

    assert [one.other_id for one in again] == [past.id]
    assert store.events(alice.organization_id) == events
    assert store.rows.of(alice.organization_id).incidents[now.id].version == now.version


async def test_what_was_deleted_meanwhile_is_left_out(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    await bus.execute(DeleteIncident(caller=alice, incident_id=past.id))
    events = store.events(alice.organization_id)

    written = await bus.execute(_writing(alice, now, _like(now, past.id), _like(now, now.id)))

    assert list(written) == []
    assert store.events(alice.organization_id) == events


async def test_only_tocsin_itself_writes_what_search_found(bus: CommandBus, alice: Caller) -> None:
    now = await _declared(bus, alice)

    with pytest.raises(NotPermitted):
        await bus.execute(WriteLikenesses(caller=alice, incident_id=now.id, likenesses=()))


async def test_a_verdict_is_kept_with_what_was_believed(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, clock: FakeClock
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    await bus.execute(_writing(alice, now, _like(now, past.id)))
    clock.advance(minutes=5)

    judged = await bus.execute(_judging(bob, now, past.id, Verdict.SAME_CAUSE))

    [*_, event] = store.events(alice.organization_id)
    assert (judged.verdict, judged.judged_by) == (Verdict.SAME_CAUSE, "Bob Baker")
    assert (judged.judged_at, judged.found_at) == (clock(), NOON)
    assert (judged.score, judged.rank, judged.model) == (0.8, 1, "a model")
    assert isinstance(event, LikenessJudged)
    assert (event.other, event.verdict) == ("INC-1", Verdict.SAME_CAUSE)
    assert store.effects[-1] == RefreshLikenesses(incident_id=now.id)


async def test_saying_it_twice_is_once(bus: CommandBus, store: FakeStore, alice: Caller) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    first = await bus.execute(_judging(alice, now, past.id, Verdict.NOT_RELATED))
    events = store.events(alice.organization_id)

    second = await bus.execute(_judging(alice, now, past.id, Verdict.NOT_RELATED))

    assert second == first
    assert store.events(alice.organization_id) == events


async def test_a_verdict_is_taken_back(bus: CommandBus, store: FakeStore, alice: Caller) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    await bus.execute(_judging(alice, now, past.id, Verdict.NOT_RELATED))

    taken = await bus.execute(_judging(alice, now, past.id, None))

    assert taken.verdict is None
    assert (await store.reads.likenesses(alice.organization_id, now.id))[0].verdict is None


async def test_nothing_that_nobody_said_is_taken_back(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    events = store.events(alice.organization_id)

    await bus.execute(_judging(alice, now, past.id, None))

    assert store.events(alice.organization_id) == events
    assert await store.reads.likenesses(alice.organization_id, now.id) == []


@pytest.mark.parametrize("kind", ["incident", "procedure", "article"])
async def test_people_may_name_what_search_did_not_find(
    bus: CommandBus, alice: Caller, kind: str
) -> None:
    now = await _declared(bus, alice)
    article = await bus.execute(AddArticle(caller=alice, title="Pools", body="How they work"))
    others = {
        "incident": (await _declared(bus, alice)).id,
        "procedure": (await _procedure(bus, alice)).id,
        "article": article.id,
    }

    named = await bus.execute(_judging(alice, now, others[kind], Verdict.SAME_CAUSE))

    assert (named.kind, named.rank, named.score) == (kind, 0, 0.0)


async def test_a_verdict_stays_when_search_finds_it_later(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    await bus.execute(_judging(alice, now, past.id, Verdict.SAME_CAUSE))

    await bus.execute(_writing(alice, now, _like(now, past.id)))

    [row] = await store.reads.likenesses(alice.organization_id, now.id)
    assert (row.rank, row.verdict, row.judged_by) == (1, Verdict.SAME_CAUSE, "Alice Archer")


async def test_an_incident_is_not_compared_with_itself(bus: CommandBus, alice: Caller) -> None:
    now = await _declared(bus, alice)

    with pytest.raises(InvalidInput, match="INC-1 cannot be compared with itself") as refused:
        await bus.execute(_judging(alice, now, now.id, Verdict.SAME_CAUSE))

    assert refused.value.field == "other_id"


async def test_what_is_not_there_is_not_judged(bus: CommandBus, alice: Caller) -> None:
    now = await _declared(bus, alice)

    with pytest.raises(NotFound, match="no incident, procedure or article inc_none"):
        await bus.execute(_judging(alice, now, "inc_none", Verdict.SAME_CAUSE))


async def test_who_only_looks_on_does_not_judge(
    bus: CommandBus, alice: Caller, organization_id: OrganizationId
) -> None:
    past, now = await _declared(bus, alice), await _declared(bus, alice)
    viewer = await hire(bus, organization_id, "Vera Viewer", Role.VIEWER)

    with pytest.raises(NotPermitted):
        await bus.execute(_judging(viewer, now, past.id, Verdict.NOT_RELATED))


async def test_a_procedure_for_an_incident_is_told_there(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    now, procedure = await _declared(bus, alice), await _procedure(bus, alice)

    execution = await bus.execute(
        ExecuteProcedure(caller=alice, procedure_id=procedure.id, incident_id=now.id)
    )

    [told] = [one for one in store.events(alice.organization_id) if isinstance(one, ProcedureRun)]
    assert (told.procedure_id, told.execution_id) == (procedure.id, execution.id)
    assert PostExecution(incident_id=now.id, execution_id=execution.id) in store.effects


async def test_a_procedure_that_was_just_begun_for_the_incident_is_not_begun_again(
    bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller, clock: FakeClock
) -> None:
    now, procedure = await _declared(bus, alice), await _procedure(bus, alice)
    other = await bus.execute(AddProcedure(caller=alice, title="Restart the shop"))
    await bus.execute(_running(alice, procedure, now))
    clock.advance(seconds=59)

    with pytest.raises(IllegalTransition, match="Alice Archer started “Restart the pooler” just"):
        await bus.execute(_running(bob, procedure, now))
    await bus.execute(_running(bob, other, now))
    clock.advance(seconds=1)
    await bus.execute(_running(bob, procedure, now))

    runs = [one for one in store.events(alice.organization_id) if isinstance(one, ProcedureRun)]
    assert [one.title for one in runs] == [
        "Restart the pooler",
        "Restart the shop",
        "Restart the pooler",
    ]


async def test_two_programs_may_begin_the_same_procedure(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    now, procedure = await _declared(bus, alice), await _procedure(bus, alice)
    wish = ExecuteProcedure(caller=alice, procedure_id=procedure.id, incident_id=now.id)

    first, second = await bus.execute(wish), await bus.execute(wish)

    assert first.id != second.id


async def test_a_procedure_for_no_incident_is_told_nowhere(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    procedure = await _procedure(bus, alice)

    await bus.execute(ExecuteProcedure(caller=alice, procedure_id=procedure.id))

    assert store.shown == []


@pytest.mark.parametrize("kind", ["procedure", "article"])
async def test_what_may_not_be_read_cannot_be_told_from_what_is_not_there(
    bus: CommandBus, alice: Caller, kind: str
) -> None:
    now = await _declared(bus, alice)
    article = await bus.execute(AddArticle(caller=alice, title="Pools", body="How they work"))
    other = {"procedure": (await _procedure(bus, alice)).id, "article": article.id}[kind]
    scopes = frozenset({Permission.READ_INCIDENTS, Permission.WRITE_INCIDENTS})
    program = replace(alice, permissions=scopes)

    with pytest.raises(NotFound, match=f"no incident, procedure or article {other}"):
        await bus.execute(_judging(program, now, other, Verdict.SAME_CAUSE))


def _running(by: Caller, procedure: Procedure, incident: Incident) -> ExecuteProcedure:
    return ExecuteProcedure(
        caller=by, procedure_id=procedure.id, incident_id=incident.id, unless_just_begun=True
    )


def _judging(
    by: Caller, incident: Incident, other_id: str, verdict: Verdict | None
) -> JudgeLikeness:
    return JudgeLikeness(
        caller=by, incident_id=IncidentId(incident.id), other_id=other_id, verdict=verdict
    )
