"""Windows and series on the same services at the same time, by occurrences to come."""

from typing import Any

from core.domain.maintenance import Maintenance
from core.views import Overlap
from tests.contract.house import House
from tests.contract.samples import a_service
from tests.contract.windows import at, schedule
from tests.fakes.moment import NOON

TUESDAYS: dict[str, Any] = {
    "recurrence": "FREQ=WEEKLY",
    "series_start_at": at(1),
    "series_end_at": at(3),
    "occurrence_at": at(1),
}
A_WEEK = 7 * 24


async def _overlaps(house: House, window: Maintenance) -> tuple[Overlap, ...]:
    return (await house.reads.maintenance_card(house.organization_id, window.id)).overlaps


async def test_a_window_overlaps_a_later_occurrence_of_a_series_and_it_the_window(
    house: House,
) -> None:
    checkout, search = (await a_service(house)).id, (await a_service(house, "search")).id
    series = await schedule(house, service_ids=(checkout, search), **TUESDAYS)
    single = await schedule(
        house,
        service_ids=(search, checkout),
        scheduled_start_at=at(A_WEEK + 2),
        scheduled_end_at=at(A_WEEK + 9),
    )

    ours, theirs = await _overlaps(house, single), await _overlaps(house, series)

    both: dict[str, Any] = {"title": series.title, "services": ("checkout", "search")}
    assert ours == (
        Overlap(
            id=series.id,
            reference="MNT-1",
            scheduled_start_at=at(A_WEEK + 1),
            scheduled_end_at=at(A_WEEK + 3),
            **both,
        ),
    )
    assert theirs == (
        Overlap(
            id=single.id,
            reference="MNT-2",
            scheduled_start_at=at(A_WEEK + 2),
            scheduled_end_at=at(A_WEEK + 9),
            **both,
        ),
    )


async def test_two_series_overlap_by_what_they_have_not_stored_yet(house: House) -> None:
    on: dict[str, Any] = {"service_ids": ((await a_service(house)).id,)}
    weekly = await schedule(house, **on, **TUESDAYS)
    daily = {"series_start_at": at(26), "series_end_at": at(28), "occurrence_at": at(26)}
    times = {"scheduled_start_at": at(26), "scheduled_end_at": at(28)}
    other = await schedule(house, **on, **times, **daily, recurrence="FREQ=DAILY")

    for one, found in ((weekly, other), (other, weekly)):
        [overlap] = await _overlaps(house, one)
        assert overlap.reference == found.reference
        assert overlap.scheduled_start_at == at(A_WEEK + (2 if found is other else 1))


async def test_series_on_other_services_skipped_or_over_overlap_nothing(house: House) -> None:
    checkout, search = (await a_service(house)).id, (await a_service(house, "search")).id
    on: dict[str, Any] = {"service_ids": (checkout,), **TUESDAYS}
    await schedule(house, **TUESDAYS)
    await schedule(house, **{**on, "service_ids": (search,)})
    await schedule(house, **on, exceptions=(at(A_WEEK + 1),))
    await schedule(house, **on, canceled_at=NOON)
    await schedule(house, **on, followed=True)
    await schedule(house, **on, actual_start_at=at(1), actual_end_at=at(3))
    times = {"scheduled_start_at": at(A_WEEK + 1), "scheduled_end_at": at(A_WEEK + 3)}

    single = await schedule(house, service_ids=(checkout,), **times)

    assert await _overlaps(house, single) == ()


async def test_what_overlaps_is_told_once_and_in_the_order_of_time(house: House) -> None:
    on: dict[str, Any] = {"service_ids": ((await a_service(house)).id,)}
    series = await schedule(house, **on, **TUESDAYS)
    later = {"scheduled_start_at": at(A_WEEK + 2), "scheduled_end_at": at(A_WEEK + 4)}
    await schedule(house, **on, **later)
    await schedule(house, **on, **TUESDAYS)

    overlaps = await _overlaps(house, series)

    assert [one.reference for one in overlaps] == ["MNT-3", "MNT-2"]
    assert overlaps[0].scheduled_start_at == at(1)
