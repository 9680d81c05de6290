"""Incidents are kept whole, and changed by one writer at a time."""

import asyncio
from datetime import timedelta

import pytest

from core.domain.actor import Surface
from core.domain.ids import ChannelId, IncidentId
from core.domain.incident import Incident
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.severity import Severity
from core.domain.state import Phase, State
from core.domain.urgency import Urgency
from core.errors import Conflict, NotFound
from core.ports import UnitOfWork, Work
from tests.contract.house import ALICE, House
from tests.contract.samples import a_service, a_user
from tests.fakes.moment import NOON


def _acknowledging(house: House, incident: Incident) -> Work[Incident]:
    async def work(uow: UnitOfWork) -> Incident:
        acknowledged, event = incident.acknowledge(by=ALICE, at=house.clock())
        return await uow.incidents.save(acknowledged, because=event)

    return work


async def _loaded(house: House, id: IncidentId) -> Incident:
    async def work(uow: UnitOfWork) -> Incident:
        return await uow.incidents.get(id)

    return await house.run(work)


async def test_everything_about_an_incident_is_kept(house: House) -> None:
    bob, carol = await a_user(house), await a_user(house, "Carol Cook")
    services = [await a_service(house, name) for name in ("zebra", "checkout")]
    later = NOON + timedelta(days=1, microseconds=123_456)

    saved = await house.declare(
        title="Zürich ☃ “quoted” 100% under_score",
        description="line one\nline two\t\N{FACE WITH TEARS OF JOY}",
        severity=Severity.CRITICAL,
        severity_word="sev1",
        state=State.CLOSED,
        phase=Phase.RESOLVED,
        source=Surface.WEBHOOK,
        created_by=bob.id,
        created_by_name="Bob Baker",
        assignee_id=carol.id,
        service_ids=tuple(service.id for service in services),
        published_at=NOON,
        acknowledged_at=later,
        acknowledged_by=carol.id,
        snoozed_until=later,
        resolved_at=later,
        resolved_by=Surface.WEBHOOK,
        closed_at=later,
        canceled_at=later,
        channel_id=ChannelId("C1"),
        channel_name="inc-20300101-zuerich",
        mode=Mode.RETROSPECTIVE,
        urgency=Urgency.MEDIUM,
        priority="P1",
        postmortem_url="https://wiki.example/postmortem",
        call_url="https://call.example/1",
        audience=("cus_1", "cus_2"),
        tags=("☃", "database"),
        links=("https://graphs.example/1",),
        severity_id="sev_1",
        status_id="sta_1",
        type_id="typ_1",
        metric_id="met_1",
        roles=(RoleAssignment(role_id="rol_1", user_id=bob.id),),
        fields=(FieldEntry(field_id="fld_1", values=("one", "two")),),
    )

    assert await _loaded(house, saved.id) == saved
    assert saved.version == 1


async def test_a_change_is_kept_and_counted(house: House) -> None:
    incident = await house.declare()

    saved = await house.run(_acknowledging(house, incident))

    assert saved.version == incident.version + 1
    assert await _loaded(house, incident.id) == saved


async def test_services_can_be_taken_away_again(house: House) -> None:
    services = [await a_service(house, name) for name in ("one", "two")]
    incident = await house.declare(service_ids=tuple(service.id for service in services))

    async def work(uow: UnitOfWork) -> Incident:
        edited, event = incident.edit(
            title=incident.title,
            description="",
            service_ids=(services[1].id,),
            by=ALICE,
            at=house.clock(),
        )
        return await uow.incidents.save(edited, because=event)

    saved = await house.run(work)

    assert await _loaded(house, incident.id) == saved
    assert saved.service_ids == (services[1].id,)


async def test_an_unknown_incident_is_not_found(house: House) -> None:
    with pytest.raises(NotFound):
        await _loaded(house, IncidentId("inc_404"))


async def test_a_deleted_incident_is_not_found(house: House) -> None:
    incident = await house.declare()

    async def delete(uow: UnitOfWork) -> None:
        deleted, event = incident.delete(by=ALICE, at=house.clock())
        await uow.incidents.save(deleted, because=event)

    await house.run(delete)

    with pytest.raises(NotFound):
        await _loaded(house, incident.id)


async def test_saving_without_a_reason_stores_nothing(house: House) -> None:
    incident = await house.declare()
    waiting = await house.outbox.waiting()
    changed, _ = incident.acknowledge(by=ALICE, at=house.clock())

    async def work(uow: UnitOfWork) -> Incident:
        return await uow.incidents.save(changed, because=None)

    assert await house.run(work) == changed
    assert await _loaded(house, incident.id) == incident
    assert await house.outbox.waiting() == waiting


async def test_the_second_of_two_writers_conflicts(house: House) -> None:
    incident = await house.declare()
    first = await house.run(_acknowledging(house, incident))

    with pytest.raises(Conflict):
        await house.run(_acknowledging(house, incident))

    assert await _loaded(house, incident.id) == first


async def test_of_many_writers_at_once_one_wins(house: House) -> None:
    incident = await house.declare()

    outcomes = await asyncio.gather(
        *(house.run(_acknowledging(house, incident)) for _ in range(8)), return_exceptions=True
    )

    assert sum(isinstance(outcome, Incident) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Conflict) for outcome in outcomes) == 7
    assert (await _loaded(house, incident.id)).version == 2
    assert len(await house.reads.timeline(house.organization_id, incident.id)) == 2


async def test_an_incident_is_born_once(house: House) -> None:
    incident = house.an_incident()

    async def work(uow: UnitOfWork) -> Incident:
        born = incident.declared(by=ALICE, at=house.clock())
        return await uow.incidents.save(incident, because=born)

    await house.run(work)

    with pytest.raises(Conflict):
        await house.run(work)


async def test_a_conflict_undoes_what_went_before_it(house: House) -> None:
    incident = await house.declare()
    await house.run(_acknowledging(house, incident))

    async def work(uow: UnitOfWork) -> None:
        await house.declaring(title="never")(uow)
        await _acknowledging(house, incident)(uow)

    with pytest.raises(Conflict):
        await house.run(work)

    assert (await house.declare()).number == 2
