"""What looks like an incident is kept with what was believed of it and what people said."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from core.commands import AddArticle, AddProcedure, DeleteArticle
from core.domain.events import LikenessesFound, LikenessJudged
from core.domain.incident import Incident
from core.domain.likeness import Likeness, Verdict
from core.domain.severity import Severity
from core.domain.state import State
from core.effects import RefreshLikenesses
from core.ports import Found, UnitOfWork, VerdictQuery
from tests.contract.house import ALICE, House
from tests.contract.likenesses import a_likeness, finding, judging
from tests.contract.samples import a_service, a_user
from tests.fakes.people import the_operator


async def stored(house: House, incident: Incident) -> list[Likeness]:
    async def work(uow: UnitOfWork) -> list[Likeness]:
        return await uow.likenesses.of(incident.id)

    return await house.run(work)


async def test_what_was_found_comes_back_by_rank_and_what_was_named_last(house: House) -> None:
    first, second, third, now = [await house.declare() for _ in range(4)]
    await house.run(judging(house, now, third.id, Verdict.SAME_CAUSE))
    best = a_likeness(house, now, second.id, rank=1, score=0.91)
    next_best = a_likeness(house, now, first.id, rank=2, score=0.6, reason="", model="")

    await house.run(finding(house, now, next_best, best))

    *found, named = await stored(house, now)
    assert found == [best, next_best]
    assert (named.other_id, named.rank, named.verdict) == (third.id, 0, Verdict.SAME_CAUSE)
    assert (named.judged_by, named.judged_at) == (ALICE.name, house.clock())


async def test_a_finding_and_a_verdict_leave_each_other_alone(house: House) -> None:
    past, now = await house.declare(), await house.declare()
    before = house.clock()
    await house.run(finding(house, now, a_likeness(house, now, past.id, score=0.7)))
    house.clock.advance(minutes=1)

    await house.run(judging(house, now, past.id, Verdict.NOT_RELATED, score=0.1, rank=9))
    await house.run(finding(house, now, a_likeness(house, now, past.id, score=0.9, rank=2)))

    [kept] = await stored(house, now)
    assert (kept.score, kept.rank, kept.found_at) == (0.9, 2, before + timedelta(minutes=1))
    assert (kept.verdict, kept.judged_by) == (Verdict.NOT_RELATED, ALICE.name)


async def test_both_are_told_and_shown_without_a_new_version_of_the_incident(house: House) -> None:
    past, now = await house.declare(), await house.declare()
    await house.unpack()

    await house.run(finding(house, now, a_likeness(house, now, past.id)))
    await house.run(judging(house, now, past.id, Verdict.SAME_CAUSE))

    told = [type(one.event) for one in await house.reads.timeline(house.organization_id, now.id)]
    record = await house.reads.incident(house.organization_id, now.id)
    assert told[-2:] == [LikenessesFound, LikenessJudged]
    assert await house.unpack() == [RefreshLikenesses(incident_id=now.id)] * 2
    assert record.row.version == now.version


async def test_a_likeness_is_shown_with_what_the_other_was(house: House) -> None:
    lead, service = await a_user(house, "Bob Baker"), await a_service(house, "checkout")
    began = house.clock()
    past = await house.declare(
        title="Pool is empty",
        severity=Severity.CRITICAL,
        state=State.RESOLVED,
        service_ids=(service.id,),
        assignee_id=lead.id,
        resolved_at=began + timedelta(minutes=42),
        resolution="Restarted PgBouncer",
        root_cause="A leak",
    )
    now = await house.declare()
    await house.run(finding(house, now, a_likeness(house, now, past.id)))

    [row] = await house.reads.likenesses(house.organization_id, now.id)

    assert (row.id, row.kind, row.title) == (past.id, "incident", "Pool is empty")
    assert (row.reference, row.state, row.severity) == ("INC-1", State.RESOLVED, Severity.CRITICAL)
    assert (row.lead, row.services) == ("Bob Baker", ("checkout",))
    assert (row.resolution, row.root_cause) == ("Restarted PgBouncer", "A leak")
    assert (row.created_at, row.duration) == (began, timedelta(minutes=42))
    assert (row.score, row.rank, row.reason, row.verdict) == (0.8, 1, "both", None)


async def test_what_search_found_is_shown_the_same_in_its_order(house: House) -> None:
    operator = the_operator(house.organization_id)
    past, draft = await house.declare(), await house.declare(state=State.DRAFT)
    procedure = await house.bus.execute(AddProcedure(caller=operator, title="Restart the pooler"))
    found = [_found(procedure.id, 0.9), _found("inc_none", 0.8), _found(draft.id, 0.7)]

    rows = await house.reads.likenesses_among(house.organization_id, [*found, _found(past.id, 0.6)])

    assert [(row.id, row.kind, row.score) for row in rows] == [
        (procedure.id, "procedure", 0.9),
        (past.id, "incident", 0.6),
    ]
    assert (rows[0].title, rows[0].reference, rows[0].state) == ("Restart the pooler", "", None)
    assert rows[1].reason == "because"


async def test_nothing_is_shown_of_nothing_found(house: House) -> None:
    assert await house.reads.likenesses_among(house.organization_id, []) == []


async def test_what_was_deleted_or_is_a_draft_is_not_shown(house: House) -> None:
    operator = the_operator(house.organization_id)
    gone, draft = await house.declare(), await house.declare(state=State.DRAFT)
    article = await house.bus.execute(AddArticle(caller=operator, title="Pools", body="Deep"))
    now = await house.declare()
    await house.run(
        finding(
            house,
            now,
            a_likeness(house, now, gone.id),
            a_likeness(house, now, draft.id, rank=2),
            a_likeness(house, now, article.id, rank=3, kind="article"),
        )
    )

    assert [row.id for row in await _shown(house, now)] == [gone.id, article.id]
    await house.edit(gone, deleted_at=house.clock())
    await house.bus.execute(DeleteArticle(caller=operator, article_id=article.id))
    assert await _shown(house, now) == []


async def test_what_is_deleted_is_known_by_the_incidents_going_on_that_showed_it(
    house: House,
) -> None:
    operator = the_operator(house.organization_id)
    article = await house.bus.execute(AddArticle(caller=operator, title="Pools", body="Deep"))
    over, gone = await house.declare(state=State.RESOLVED), await house.declare()
    named, now, other = [await house.declare() for _ in range(3)]
    await house.run(judging(house, named, article.id, Verdict.SAME_CAUSE, kind="article"))
    for incident in (over, gone, now):
        await house.run(finding(house, incident, a_likeness(house, incident, article.id)))
    await house.run(finding(house, other, a_likeness(house, other, now.id)))
    await house.edit(gone, deleted_at=house.clock())
    await house.unpack()

    await house.bus.execute(DeleteArticle(caller=operator, article_id=article.id))

    assert [effect for effect in await house.unpack() if isinstance(effect, RefreshLikenesses)] == [
        RefreshLikenesses(incident_id=one.id) for one in (named, now)
    ]


async def test_next_door_nothing_of_it_is_known(house: House) -> None:
    past, now = await house.declare(), await house.declare()
    await house.run(judging(house, now, past.id, Verdict.SAME_CAUSE))
    theirs = house.neighbour_id

    assert await house.reads.likenesses(theirs, now.id) == []
    assert await house.reads.likenesses_among(theirs, [_found(past.id, 0.9)]) == []
    assert (await house.reads.verdicts(theirs, VerdictQuery())).total == 0


async def _shown(house: House, incident: Incident) -> Sequence[Any]:
    return await house.reads.likenesses(house.organization_id, incident.id)


def _found(id: str, score: float) -> Found:
    return Found(id=id, kind="incident", title="", score=score, snippet="", reason="because")
