"""Everything one window shows, read in one go: people, services, overlaps, alerts, progress."""

from collections.abc import Sequence
from typing import Any

import pytest

from core.domain.events import ProgressPosted
from core.domain.ids import MaintenanceId, SlackUserId, TeamId, UserId
from core.domain.maintenance import Maintenance
from core.errors import NotFound
from core.ports import UnitOfWork
from core.views import MaintenanceCard, Overlap, Person
from tests.contract.house import ALICE, House
from tests.contract.samples import a_service, a_user, an_episode, an_integration
from tests.contract.windows import at, schedule
from tests.fakes.moment import NOON


async def _card(house: House, window: Maintenance) -> MaintenanceCard:
    return await house.reads.maintenance_card(house.organization_id, window.id)


async def _overlapping(house: House, window: Maintenance) -> list[str]:
    return [one.reference for one in (await _card(house, window)).overlaps]


async def test_a_bare_window_shows_itself_and_nothing_else(house: House) -> None:
    window = await schedule(house)

    assert await _card(house, window) == MaintenanceCard(maintenance=window)


async def test_people_and_services_come_by_name_in_the_order_given(house: House) -> None:
    zebra, checkout = await a_service(house, "zebra"), await a_service(house)
    bob = await a_user(house, slack_team_id=TeamId("T1"), slack_user_id=SlackUserId("U0B0B"))
    carol = await a_user(house, "Carol Cook")
    window = await schedule(
        house,
        service_ids=(zebra.id, checkout.id),
        owner_id=bob.id,
        created_by=carol.id,
        notify_user_ids=(carol.id, UserId("usr_gone"), bob.id),
    )

    card = await _card(house, window)

    assert list(card.services.items()) == [(zebra.id, "zebra"), (checkout.id, "checkout")]
    shown_bob = Person(
        id=bob.id, name="Bob Baker", email="bob@example.com", slack_user_id=SlackUserId("U0B0B")
    )
    shown_carol = Person(id=carol.id, name="Carol Cook", email="carol@example.com")
    assert (card.owner, card.creator) == (shown_bob, shown_carol)
    assert card.people == (shown_carol, shown_bob)


async def test_an_unknown_window_and_one_next_door_are_not_found(house: House) -> None:
    window = await schedule(house)

    with pytest.raises(NotFound):
        await house.reads.maintenance_card(house.neighbour_id, window.id)
    with pytest.raises(NotFound):
        await house.reads.maintenance_card(house.organization_id, MaintenanceId("mnt_404"))


async def test_it_shows_how_many_alerts_it_keeps_quiet(house: House) -> None:
    source = (await an_integration(house)).id
    window = await schedule(house, actual_start_at=NOON)
    held = [an_episode(house, source, name, suppressed_by=window.id) for name in "abc"]

    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put([held[0], held[1].ended(NOON), held[2]])

    await house.run(work)

    card = await _card(house, window)
    assert (card.suppressed, card.firing) == (3, 2)


async def test_it_shows_what_was_posted_last(house: House) -> None:
    window = await schedule(house)

    async def posting(uow: UnitOfWork) -> None:
        current = window
        for text in ("Replicas done.", "Half way ☃."):
            posted = ProgressPosted(**window.fact(ALICE, NOON), text=text)
            current = await uow.maintenances.save(current, because=posted)
        started, event = current.start(by=ALICE, at=NOON)
        await uow.maintenances.save(started, because=event)

    await house.run(posting)

    assert (await _card(house, window)).progress == "Half way ☃."


async def test_another_window_on_the_same_services_overlaps(house: House) -> None:
    names = ("zebra", "checkout", "search")
    zebra, checkout, search = [(await a_service(house, name)).id for name in names]
    window = await schedule(house, service_ids=(checkout, zebra, search))
    other = await schedule(
        house,
        title="Cabling",
        service_ids=(zebra, checkout),
        scheduled_start_at=at(2),
        scheduled_end_at=at(9),
    )

    card = await _card(house, window)

    assert card.overlaps == (
        Overlap(
            id=other.id,
            reference="MNT-2",
            title="Cabling",
            scheduled_start_at=at(2),
            scheduled_end_at=at(9),
            services=("checkout", "zebra"),
        ),
    )
    assert await _overlapping(house, other) == ["MNT-1"]


@pytest.mark.parametrize(
    ("times", "overlaps"),
    [
        ((0, 1), False),
        ((0, 1.01), True),
        ((2, 2.5), True),
        ((0, 9), True),
        ((2.99, 9), True),
        ((3, 9), False),
    ],
)
async def test_windows_that_only_touch_do_not_overlap(
    house: House, times: Sequence[float], overlaps: bool
) -> None:
    on = {"service_ids": ((await a_service(house)).id,)}
    window = await schedule(house, **on)
    start, end = map(at, times)

    await schedule(house, **on, scheduled_start_at=start, scheduled_end_at=end)

    assert await _overlapping(house, window) == (["MNT-2"] if overlaps else [])


async def test_what_is_over_canceled_or_elsewhere_overlaps_nothing(house: House) -> None:
    checkout, search = (await a_service(house)).id, (await a_service(house, "search")).id
    on: dict[str, Any] = {"service_ids": (checkout,)}
    window = await schedule(house, **on)
    over = await schedule(house, **on, actual_start_at=at(1), actual_end_at=at(2))
    canceled = await schedule(house, **on, canceled_at=NOON)
    await schedule(house, service_ids=(search,))
    await schedule(house)

    for one in (window, over, canceled):
        assert await _overlapping(house, one) == []


async def test_two_that_run_overlap_however_late_one_of_them_is(house: House) -> None:
    on: dict[str, Any] = {"service_ids": ((await a_service(house)).id,)}
    late = await schedule(
        house, **on, scheduled_end_at=at(2), actual_start_at=at(1), auto_complete=False
    )
    punctual = await schedule(
        house, **on, scheduled_start_at=at(4), scheduled_end_at=at(5), actual_start_at=at(4)
    )
    await schedule(house, **on, scheduled_start_at=at(6), scheduled_end_at=at(7))

    assert await _overlapping(house, late) == ["MNT-2"]
    assert await _overlapping(house, punctual) == ["MNT-1"]


async def test_one_that_was_started_early_overlaps_from_then_on(house: House) -> None:
    on: dict[str, Any] = {"service_ids": ((await a_service(house)).id,)}
    early = await schedule(house, **on, actual_start_at=at(-2))
    before = await schedule(house, **on, scheduled_start_at=at(-1), scheduled_end_at=NOON)

    assert await _overlapping(house, before) == [early.reference]
    assert await _overlapping(house, early) == [before.reference]
