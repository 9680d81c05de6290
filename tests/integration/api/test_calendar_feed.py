"""`/api/v1/maintenances.ics`: what a calendar program that subscribed to it sees."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.office import clockwork
from core.bus import CommandBus
from core.commands import AddService, AdvanceMaintenance
from core.domain.actor import Caller
from core.domain.ids import OrganizationId
from tests.fakes.moment import FakeClock
from tests.integration.api.calendars import (
    READ,
    Calendars,
    events_in,
    sequence_of,
    start_of,
    starts_of,
    uids_of,
)
from tests.integration.api.doors import Client, api_key, bearer

SCOPES = ("integrations:write", "maintenances:write")
TOMORROW = {
    "scheduled_start_at": "2030-01-02T02:00:00Z",
    "scheduled_end_at": "2030-01-02T04:00:00Z",
}


@pytest.fixture
async def calendars(client: Client, bus: CommandBus, organization_id: OrganizationId) -> Calendars:
    return Calendars(client, await api_key(bus, organization_id, scopes=SCOPES))


@pytest.fixture
async def token(calendars: Calendars) -> str:
    return str((await calendars.open())["token"])


async def test_a_window_is_an_event_with_its_times_and_what_is_known_of_it(
    calendars: Calendars, token: str, bus: CommandBus, alice: Caller
) -> None:
    database = await bus.execute(AddService(caller=alice, name="Database, main"))
    made = await calendars.schedule(
        **TOMORROW,
        description="New disks; two of them.",
        affected_services=[database.id],
        runbook_url="https://example.com/runbooks/disks?from=calendar",
    )

    [event] = await calendars.read(token)

    assert event["UID"] == f"{made['id']}@tocsin"
    assert event.decoded("DTSTART") == datetime(2030, 1, 2, 2, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2030, 1, 2, 4, tzinfo=UTC)
    assert event["SUMMARY"] == "Database upgrade (MNT-1)"
    assert event["STATUS"] == "CONFIRMED"
    assert sequence_of(event) == made["version"]
    assert event["URL"] == "https://example.com/runbooks/disks?from=calendar"
    assert event.to_ical().count(b"CATEGORIES:Database\\, main\r\n") == 1
    assert str(event["DESCRIPTION"]) == (
        "MNT-1 is scheduled.\nIt affects Database, main.\nNew disks; two of them."
    )


async def test_an_organisation_without_maintenance_has_an_empty_calendar(
    calendars: Calendars, token: str
) -> None:
    assert await calendars.read(token) == []


@pytest.mark.parametrize(
    "title",
    [
        "Disks; cables, and \\backslashes\\n",
        "Quotes \"here\" and 'there': a colon",
        "END:VEVENT",
        "ATTENDEE;CN=Eve:mailto:eve@example.com",
        "Störung: Größe, 数据库升级, 🧯🔥 " * 8,
        "x" * 400,
        "<script>alert(1)</script> &amp; %s {0} $TITLE",
        "=cmd|' /C calc'!A0",
        "e\u0301\u202eesrever",
    ],
)
async def test_whatever_a_title_says_it_stays_a_title(
    calendars: Calendars, token: str, title: str
) -> None:
    made = await calendars.schedule(**TOMORROW, title=title, description=f"{title}\n{title}")

    [event] = await calendars.read(token)

    assert str(event["SUMMARY"]).replace("\u202e", "") == (
        f"{made['title']} (MNT-1)".replace("\u202e", "")
    )
    assert "ATTENDEE" not in event
    assert event.decoded("DTSTART") == datetime(2030, 1, 2, 2, tzinfo=UTC)


async def test_what_is_canceled_is_gone_and_what_is_moved_is_the_same_event_at_another_time(
    calendars: Calendars, token: str
) -> None:
    moved = await calendars.schedule(**TOMORROW)
    gone = await calendars.schedule(**TOMORROW, title="Never mind")
    before = await calendars.read(token)

    await calendars.client.patch(
        f"/api/v1/maintenances/{moved['id']}",
        json={"scheduled_end_at": "2030-01-02T05:00:00Z"},
        headers=bearer(calendars.key),
    )
    await calendars.post(f"/api/v1/maintenances/{gone['id']}/cancel")
    [event] = await calendars.read(token)

    assert uids_of(before) == [f"{moved['id']}@tocsin", f"{gone['id']}@tocsin"]
    assert event["UID"] == before[0]["UID"]
    assert sequence_of(event) > sequence_of(before[0])
    assert event.decoded("DTEND") == datetime(2030, 1, 2, 5, tzinfo=UTC)


async def test_what_happened_is_shown_at_the_time_at_which_it_happened(
    calendars: Calendars, token: str, clock: FakeClock
) -> None:
    made = await calendars.schedule(**TOMORROW)
    clock.advance(hours=15)
    await calendars.post(f"/api/v1/maintenances/{made['id']}/start")
    clock.advance(minutes=5)
    await calendars.post(f"/api/v1/maintenances/{made['id']}/complete")

    [event] = await calendars.read(token)

    assert event.decoded("DTSTART") == datetime(2030, 1, 2, 3, tzinfo=UTC)
    assert event.decoded("DTEND") == datetime(2030, 1, 2, 3, 5, tzinfo=UTC)
    clock.advance(days=32)
    assert await calendars.read(token) == []


async def test_what_was_over_as_soon_as_it_began_has_no_end(
    calendars: Calendars, token: str, clock: FakeClock, bus: CommandBus, alice: Caller
) -> None:
    made = await calendars.schedule(**TOMORROW)
    clock.advance(days=1)
    tocsin = clockwork(alice.organization_id)
    await bus.execute(AdvanceMaintenance(caller=tocsin, maintenance_id=made["id"]))
    clock.advance(minutes=1)

    [event] = await calendars.read(token)

    assert start_of(event) == clock() - timedelta(minutes=1)
    assert "DTEND" not in event
    assert "is completed" in str(event["DESCRIPTION"])


async def test_what_runs_past_its_end_goes_on_to_the_next_quarter_of_an_hour(
    calendars: Calendars, token: str, clock: FakeClock
) -> None:
    made = await calendars.schedule(
        scheduled_start_at="2029-12-31T02:00:00Z", scheduled_end_at="2029-12-31T03:00:00Z"
    )
    started = clock()
    await calendars.post(f"/api/v1/maintenances/{made['id']}/start")
    clock.advance(minutes=16)

    [event] = await calendars.read(token)

    assert start_of(event) == started
    assert event.decoded("DTEND") == started + timedelta(minutes=30)


async def test_what_nobody_started_in_its_time_is_not_shown(
    calendars: Calendars, token: str, clock: FakeClock, bus: CommandBus, alice: Caller
) -> None:
    await calendars.schedule(
        title="Written down afterwards",
        scheduled_start_at="2029-12-31T02:00:00Z",
        scheduled_end_at="2029-12-31T03:00:00Z",
    )
    lapsed = await calendars.schedule(**TOMORROW, auto_start=False)
    series = await calendars.schedule(**TOMORROW, auto_start=False, recurrence="FREQ=WEEKLY")
    before = await calendars.read(token)
    clock.now = datetime(2030, 1, 2, 4, tzinfo=UTC)
    tocsin = clockwork(alice.organization_id)
    for window in (lapsed, series):
        await bus.execute(AdvanceMaintenance(caller=tocsin, maintenance_id=window["id"]))

    after = await calendars.read(token)

    first = datetime(2030, 1, 2, 2, tzinfo=UTC)
    assert starts_of(before)[:2] == [first, first]
    assert starts_of(after) == [first + timedelta(weeks=n) for n in range(1, 13)]


async def test_a_recurring_window_shows_what_will_follow_for_ninety_days(
    calendars: Calendars, token: str
) -> None:
    await calendars.schedule(**TOMORROW, recurrence="FREQ=WEEKLY")

    events = await calendars.read(token)

    first = datetime(2030, 1, 2, 2, tzinfo=UTC)
    assert starts_of(events) == [first + timedelta(weeks=n) for n in range(13)]
    assert [event.decoded("DTEND") - start_of(event) for event in events] == (
        [timedelta(hours=2)] * 13
    )
    assert str(events[1]["DESCRIPTION"]) == "It follows MNT-1."


async def test_an_expected_occurrence_keeps_its_id_when_it_comes_to_be(
    calendars: Calendars, token: str
) -> None:
    made = await calendars.schedule(**TOMORROW, recurrence="FREQ=WEEKLY")
    before = await calendars.read(token)

    await calendars.post(f"/api/v1/maintenances/{made['id']}/start")
    after = await calendars.read(token)

    assert uids_of(after) == uids_of(before)
    assert str(after[1]["SUMMARY"]) == "Database upgrade (MNT-2)"
    assert sequence_of(after[1]) > sequence_of(before[1])


async def test_an_occurrence_that_is_skipped_is_not_there(calendars: Calendars, token: str) -> None:
    made = await calendars.schedule(**TOMORROW, recurrence="FREQ=WEEKLY")
    skipped = "2030-01-16T02:00:00Z"

    await calendars.post(f"/api/v1/maintenances/{made['id']}/skip", {"occurrence_at": skipped})
    starts = starts_of(await calendars.read(token))

    assert datetime(2030, 1, 9, 2, tzinfo=UTC) in starts
    assert datetime.fromisoformat(skipped) not in starts


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Santiago", "Asia/Kolkata"])
async def test_occurrences_keep_the_time_on_the_wall_of_their_zone(
    calendars: Calendars, token: str, clock: FakeClock, zone: str
) -> None:
    clock.now = datetime(2030, 3, 1, 12, tzinfo=UTC)
    start = datetime(2030, 3, 2, 22, 30, tzinfo=ZoneInfo(zone))
    await calendars.schedule(
        scheduled_start_at=start.isoformat(),
        scheduled_end_at=(start + timedelta(hours=1)).isoformat(),
        timezone=zone,
        recurrence="FREQ=DAILY",
    )

    starts = starts_of(await calendars.read(token))

    local = [at.astimezone(ZoneInfo(zone)) for at in starts]
    assert len(starts) >= 89
    assert {(at.hour, at.minute) for at in local} == {(22, 30)}
    assert len({at.date() for at in local}) == len(local) == (local[-1] - local[0]).days + 1


async def test_an_hour_that_the_zone_skips_moves_forward(
    calendars: Calendars, token: str, clock: FakeClock
) -> None:
    clock.now = datetime(2030, 3, 29, tzinfo=UTC)
    await calendars.schedule(
        scheduled_start_at="2030-03-30T02:30:00+01:00",
        scheduled_end_at="2030-03-30T03:00:00+01:00",
        timezone="Europe/Berlin",
        recurrence="FREQ=DAILY;COUNT=3",
    )

    starts = starts_of(await calendars.read(token))

    assert starts == [
        datetime(2030, 3, 30, 1, 30, tzinfo=UTC),
        datetime(2030, 3, 31, 1, 30, tzinfo=UTC),
        datetime(2030, 4, 1, 0, 30, tzinfo=UTC),
    ]


async def test_nothing_is_sent_again_while_nothing_has_changed(
    calendars: Calendars, token: str, clock: FakeClock
) -> None:
    await calendars.schedule(**TOMORROW, recurrence="FREQ=WEEKLY")

    async def asked(tag: str = "") -> tuple[int, str]:
        headers = {"If-None-Match": tag} if tag else {}
        async with calendars.client.get(READ, params={"token": token}, headers=headers) as answer:
            await answer.read()
            return answer.status, answer.headers["ETag"]

    status, tag = await asked()
    clock.advance(hours=1)
    again = await asked(tag)
    await calendars.schedule(**TOMORROW, title="Another")
    changed, other = await asked(tag)

    assert (status, again) == (200, (304, tag))
    assert changed == 200
    assert other != tag


async def test_it_may_be_read_with_a_credential_as_well(calendars: Calendars) -> None:
    await calendars.schedule(**TOMORROW)

    async with calendars.client.get(READ, headers=bearer(calendars.key)) as response:
        events = events_in(await response.read())

    assert len(events) == 1


async def test_the_beginning_of_a_long_description_is_in_it(
    calendars: Calendars, token: str
) -> None:
    await calendars.schedule(**TOMORROW, description="disks " * 1_600)

    [event] = await calendars.read(token)

    assert 400 < len(str(event["DESCRIPTION"])) <= 500


async def test_it_may_be_compressed(calendars: Calendars, token: str) -> None:
    for _ in range(20):
        await calendars.schedule(**TOMORROW)
    headers: dict[str, Any] = {"Accept-Encoding": "gzip"}

    async with calendars.client.get(READ, params={"token": token}, headers=headers) as response:
        events = events_in(await response.read())

    assert response.headers["Content-Encoding"] == "gzip"
    assert len(events) == 20
