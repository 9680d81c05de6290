"""Lists of incidents: every row exactly once, newest first, by any filter."""

import asyncio
from dataclasses import fields
from datetime import timedelta
from typing import Any

import pytest

from core.domain.ids import UserId
from core.domain.particulars import FieldEntry, Mode, RoleAssignment
from core.domain.severity import Severity
from core.domain.state import State
from core.domain.urgency import Urgency
from core.ports import UnitOfWork
from core.views import IncidentPage, IncidentQuery, IncidentRow
from tests.contract.house import ALICE, House
from tests.contract.samples import a_service, a_user
from tests.fakes.moment import NOON


async def _page(house: House, **query: Any) -> IncidentPage:
    return await house.reads.incidents(house.organization_id, IncidentQuery(**query))


async def _titles(house: House, **query: Any) -> list[str]:
    return [row.title for row in (await _page(house, **query)).rows]


async def _several(house: House, count: int, **changes: Any) -> None:
    """Declared a second apart, called by their number."""
    for _ in range(count):
        incident = await house.declare(**changes, title=f"{house.clock():%H:%M:%S}")
        house.clock.advance(seconds=1)
        assert incident.version == 1


async def test_an_empty_organisation_has_an_empty_page(house: House) -> None:
    assert await _page(house) == IncidentPage(rows=(), total=0, more=False)


async def test_a_row_shows_the_incident(house: House) -> None:
    bob = await a_user(house)
    services = [await a_service(house, name) for name in ("zebra", "checkout")]
    incident = await house.declare(
        assignee_id=bob.id,
        service_ids=tuple(service.id for service in services),
        description="Since noon.",
        severity_word="sev2",
        created_by=bob.id,
        created_by_name="Bob Baker",
        urgency=Urgency.LOW,
        priority="P2",
        tags=("database",),
        roles=(RoleAssignment(role_id="rol_1", user_id=bob.id),),
        fields=(FieldEntry(field_id="fld_1", values=("one", "two")),),
    )

    [row] = (await _page(house)).rows

    assert row.reference == incident.reference == "INC-1"
    apart = ("assignee_name", "services")
    for name in (field.name for field in fields(row) if field.name not in apart):
        assert getattr(row, name) == getattr(incident, name), name
    assert row.assignee_name == "Bob Baker"
    assert sorted(row.services) == sorted((service.id, service.name) for service in services)


async def test_the_newest_come_first(house: House) -> None:
    await _several(house, 3)

    assert await _titles(house) == ["12:00:02", "12:00:01", "12:00:00"]


async def test_a_page_tells_its_total_and_whether_more_follow(house: House) -> None:
    await _several(house, 5)

    pages = [await _page(house, limit=2, offset=offset) for offset in (0, 2, 4, 6)]

    assert [len(page.rows) for page in pages] == [2, 2, 1, 0]
    assert [page.total for page in pages] == [5, 5, 5, 5]
    assert [page.more for page in pages] == [True, True, False, False]


async def test_a_page_that_is_just_full_is_the_last(house: House) -> None:
    await _several(house, 2)

    assert not (await _page(house, limit=2)).more


def _after(row: IncidentRow) -> tuple[Any, str]:
    return row.created_at, row.id


async def _walk(house: House, limit: int, between: int = 0) -> list[str]:
    """Every page by its key, while `between` incidents are declared after each page."""
    seen: list[str] = []
    page = await _page(house, limit=limit)
    while page.rows:
        seen += [row.id for row in page.rows]
        await asyncio.gather(*(house.declare() for _ in range(between)))
        page = await _page(house, limit=limit, after=_after(page.rows[-1]))
    return seen


@pytest.mark.parametrize("between", [0, 2])
async def test_walking_by_key_meets_every_row_once_while_others_are_declared(
    house: House, between: int
) -> None:
    incidents = [await house.declare() for _ in range(4)]  # all in the same instant
    house.clock.advance(microseconds=1)
    incidents += [await house.declare() for _ in range(5)]

    assert await _walk(house, 2, between) == [incident.id for incident in reversed(incidents)]


async def test_a_key_wins_over_an_offset(house: House) -> None:
    await _several(house, 4)
    first = (await _page(house, limit=1)).rows[0]

    assert await _titles(house, limit=1, offset=2, after=_after(first)) == ["12:00:02"]


async def test_after_the_last_row_nothing_follows(house: House) -> None:
    await _several(house, 2)
    last = (await _page(house)).rows[-1]

    page = await _page(house, after=_after(last))

    assert (page.rows, page.more, page.total) == ((), False, 2)


@pytest.mark.parametrize(
    ("states", "titles"),
    [
        ({State.OPEN}, ["open"]),
        ({State.DRAFT, State.CANCELED}, ["canceled", "draft"]),
        ({State.SNOOZED}, []),
        ((), ["canceled", "draft", "open"]),
    ],
)
async def test_states_are_chosen(house: House, states: set[State], titles: list[str]) -> None:
    for state in (State.OPEN, State.DRAFT, State.CANCELED):
        await house.declare(state=state, title=state.value)

    page = await _page(house, states=frozenset(states))

    assert sorted(row.title for row in page.rows) == titles
    assert page.total == len(titles)


async def test_severities_are_chosen(house: House) -> None:
    for severity in Severity:
        await house.declare(severity=severity, title=severity.value)

    chosen = frozenset({Severity.CRITICAL, Severity.LOW})

    assert sorted(await _titles(house, severities=chosen)) == ["critical", "low"]


async def test_modes_are_chosen(house: House) -> None:
    for mode in Mode:
        await house.declare(mode=mode, title=mode.value)

    page = await _page(house, modes=frozenset({Mode.TEST, Mode.TUTORIAL}), limit=1)

    assert sorted(await _titles(house, modes=frozenset({Mode.STANDARD}))) == ["standard"]
    assert (page.rows[0].title, page.total, page.more) == ("tutorial", 2, True)


async def test_drafts_can_be_left_out(house: House) -> None:
    for state in (State.DRAFT, State.OPEN, State.RESOLVED):
        await house.declare(state=state, title=state.value)
    live = frozenset({State.DRAFT, State.OPEN})

    page = await _page(house, published_only=True, limit=1)

    assert (page.rows[0].title, page.total) == ("resolved", 2)
    assert await _titles(house, published_only=True, states=live) == ["open"]


async def test_only_those_since_a_moment_are_listed(house: House) -> None:
    await _several(house, 3)

    page = await _page(house, created_after=NOON + timedelta(seconds=1))

    assert [row.title for row in page.rows] == ["12:00:02", "12:00:01"]
    assert page.total == 2


async def test_the_oldest_come_first_where_that_is_wished(house: House) -> None:
    await _several(house, 2)
    await house.declare(title="low", severity=Severity.LOW)
    high = {"severities": frozenset({Severity.HIGH}), "oldest_first": True}

    assert await _titles(house, oldest_first=True) == ["12:00:00", "12:00:01", "low"]
    assert await _titles(house, **high, limit=1, offset=1) == ["12:00:01"]


async def test_the_oldest_are_walked_by_key_too(house: House) -> None:
    incidents = [await house.declare() for _ in range(3)]  # all in the same instant
    house.clock.advance(seconds=1)
    incidents += [await house.declare() for _ in range(2)]

    seen, after = [], None
    while True:
        page = await _page(house, oldest_first=True, limit=2, after=after)
        if not page.rows:
            break
        seen += [row.id for row in page.rows]
        after = _after(page.rows[-1])
        assert page.total == 5

    assert seen == [incident.id for incident in incidents]


async def test_a_service_is_chosen(house: House) -> None:
    checkout, search = await a_service(house), await a_service(house, "search")
    await house.declare(title="both", service_ids=(search.id, checkout.id))
    await house.declare(title="search", service_ids=(search.id,))
    await house.declare(title="none")

    assert await _titles(house, service_id=checkout.id) == ["both"]
    assert sorted(await _titles(house, service_id=search.id)) == ["both", "search"]
    assert await _titles(house, service_id="svc_404") == []


async def test_an_assignee_is_chosen(house: House) -> None:
    bob = await a_user(house)
    await house.declare(title="his", assignee_id=bob.id)
    await house.declare(title="nobody's")

    assert await _titles(house, assignee_id=bob.id) == ["his"]
    assert await _titles(house, assignee_id=UserId("usr_404")) == []


@pytest.mark.parametrize(
    ("search", "titles"),
    [
        ("checkout", ["Checkout is slow"]),
        ("CHECKOUT is", ["Checkout is slow"]),
        ("database", ["Queue is full"]),
        ("100%", ["Disk at 100%"]),
        ("100_", []),
        ("%", ["Disk at 100%"]),
        ("'; DROP TABLE incidents; --", []),
        ("\\", []),
    ],
)
async def test_title_and_description_are_searched_to_the_letter(
    house: House, search: str, titles: list[str]
) -> None:
    await house.declare(title="Checkout is slow")
    await house.declare(title="Queue is full", description="The Database refuses writes.")
    await house.declare(title="Disk at 100%")

    assert await _titles(house, search=search) == titles


async def test_filters_work_together(house: House) -> None:
    bob, checkout = await a_user(house), await a_service(house)
    wanted = {
        "state": State.OPEN,
        "severity": Severity.HIGH,
        "service_ids": (checkout.id,),
        "assignee_id": bob.id,
        "title": "Checkout is slow",
    }
    for other in (
        {"state": State.SNOOZED},
        {"severity": Severity.LOW},
        {"service_ids": ()},
        {"assignee_id": None},
        {"title": "Search is slow"},
        {},
    ):
        await house.declare(**{**wanted, **other})

    page = await _page(
        house,
        states=frozenset({State.OPEN}),
        severities=frozenset({Severity.HIGH}),
        service_id=checkout.id,
        assignee_id=bob.id,
        search="checkout",
        limit=1,
    )

    assert [row.number for row in page.rows] == [6]
    assert (page.total, page.more) == (1, False)


async def test_a_filtered_list_is_walked_by_key_too(house: House) -> None:
    start = house.clock()
    for n in range(6):
        house.clock.now = start + timedelta(seconds=n // 2)
        await house.declare(severity=Severity.LOW if n % 3 else Severity.HIGH, title=f"{n}")

    low = frozenset({Severity.LOW})
    first = await _page(house, severities=low, limit=2)
    rest = await _page(house, severities=low, limit=2, after=_after(first.rows[-1]))

    assert [row.title for row in (*first.rows, *rest.rows)] == ["5", "4", "2", "1"]
    assert (first.more, rest.more) == (True, False)


async def test_what_is_deleted_is_in_no_list(house: House) -> None:
    incident = await house.declare()

    async def delete(uow: UnitOfWork) -> None:
        deleted, event = incident.delete(by=ALICE, at=house.clock())
        await uow.incidents.save(deleted, because=event)

    await house.run(delete)

    assert await _page(house) == IncidentPage(rows=(), total=0, more=False)


async def test_a_change_is_seen_at_once_and_changes_the_stamp(house: House) -> None:
    before = await house.reads.stamp()
    incident = await house.declare()
    between = await house.reads.stamp()

    async def work(uow: UnitOfWork) -> None:
        resolved, event = incident.resolve(by=ALICE, at=house.clock())
        await uow.incidents.save(resolved, because=event)

    await house.run(work)

    stamps = [before, between, await house.reads.stamp()]
    assert stamps == [None] * 3 or len(set(stamps)) == 3
    assert [row.state for row in (await _page(house)).rows] == [State.RESOLVED]
