"""A calendar stays a calendar, however much maintenance an organisation has."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.api.calendar.gathering import MOST_AHEAD, MOST_EXPECTED, MOST_PAST
from core.bus import CommandBus
from core.domain.ids import MaintenanceId, OrganizationId
from core.domain.maintenance import Maintenance
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.integration.api.calendars import Calendars, starts_of
from tests.integration.api.doors import Client, api_key

MANY = 10_000
SCOPES = ("integrations:write", "maintenances:write")


@pytest.fixture
async def calendars(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Calendars:
    return Calendars(client, await api_key(bus, organization_id, scopes=SCOPES))


def a_window(number: int, start: datetime, **details: object) -> Maintenance:
    id = MaintenanceId(f"mnt_many_{number:06d}")
    made = Maintenance(
        id=id,
        number=number,
        title="Database upgrade",
        description="x" * 5_000,
        scheduled_start_at=start,
        scheduled_end_at=start + timedelta(minutes=30),
        created_at=start,
        updated_at=start,
        version=1,
    )
    return replace(made, **details)  # type: ignore[arg-type]


async def test_of_ten_thousand_windows_the_nearest_are_in_it(
    calendars: Calendars, store: FakeStore, organization_id: OrganizationId, clock: FakeClock
) -> None:
    rows = store.rows.of(organization_id).maintenances
    for number in range(1, MANY + 1):
        one = a_window(number, clock() + timedelta(minutes=10 * number))
        rows[one.id] = one
    token = (await calendars.open())["token"]

    starts = starts_of(await calendars.read(token))

    assert starts == [clock() + timedelta(minutes=10 * n) for n in range(1, MOST_AHEAD + 1)]


async def test_much_that_is_over_does_not_hide_what_is_ahead(
    calendars: Calendars, store: FakeStore, organization_id: OrganizationId, clock: FakeClock
) -> None:
    rows = store.rows.of(organization_id).maintenances
    for number in range(1, MANY + 1):
        began = clock() - timedelta(minutes=40) * number
        one = a_window(
            number,
            began,
            actual_start_at=began,
            actual_end_at=began + timedelta(minutes=30),
        )
        rows[one.id] = one
    ahead = a_window(MANY + 1, clock() + timedelta(hours=1))
    rows[ahead.id] = ahead
    token = (await calendars.open())["token"]

    starts = starts_of(await calendars.read(token))

    over = [at for at in starts if at < clock()]
    assert 0 < len(over) <= MOST_PAST
    assert max(over) == clock() - timedelta(minutes=40)
    assert starts[-1] == ahead.scheduled_start_at


async def test_many_recurring_windows_share_what_is_shown_ahead_of_time(
    calendars: Calendars, store: FakeStore, organization_id: OrganizationId, clock: FakeClock
) -> None:
    rows = store.rows.of(organization_id).maintenances
    for number in range(1, 301):
        start = clock() + timedelta(minutes=number)
        one = a_window(
            number,
            start,
            recurrence="FREQ=HOURLY",
            series_id=MaintenanceId(f"mnt_many_{number:06d}"),
            series_start_at=start,
            occurrence_at=start,
        )
        rows[one.id] = one
    token = (await calendars.open())["token"]

    events = await calendars.read(token)

    assert 300 < len(events) <= 300 + MOST_EXPECTED
