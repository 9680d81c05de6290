"""What is wrong with a wish for maintenance is named at its field, all at once, and nothing is
written."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import DeleteUser, EditMaintenance
from core.domain.actor import Caller, Surface
from core.domain.ids import ServiceId, UserId
from core.domain.policy import Policy
from core.errors import InvalidInput
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.people import a_caller
from tests.fakes.store import FakeStore
from tests.unit.core.maintenances import START, a_wish

HOUR = timedelta(hours=1)
WEEKLY = "FREQ=WEEKLY;BYDAY=TU"
"""As NOON is a Tuesday."""

FLAWED: list[tuple[dict[str, Any], str]] = [
    ({"title": " "}, "title"),
    ({"title": "x" * 501}, "title"),
    ({"description": "x" * 10_001}, "description"),
    ({"scheduled_end_at": START}, "scheduled_end_at"),
    ({"scheduled_end_at": START + timedelta(days=367)}, "scheduled_end_at"),
    ({"scheduled_end_at": datetime.max.replace(tzinfo=UTC)}, "scheduled_end_at"),
    ({"scheduled_start_at": NOON - timedelta(seconds=61)}, "scheduled_start_at"),
    ({"scheduled_start_at": datetime.min.replace(tzinfo=UTC)}, "scheduled_start_at"),
    ({"service_ids": (ServiceId("svc_404"),)}, "service_ids"),
    ({"audience": ("",)}, "audience"),
    ({"audience": tuple(f"customer-{n}" for n in range(101))}, "audience"),
    ({"timezone": "Europe/Atlantis"}, "timezone"),
    ({"timezone": ""}, "timezone"),
    ({"timezone": "../../etc/passwd"}, "timezone"),
    ({"notify_channels": ("ops changes",)}, "notify_channels"),
    ({"notify_channels": ("",)}, "notify_channels"),
    ({"notify_channels": ("x" * 81,)}, "notify_channels"),
    ({"notify_channels": ("C" + "0" * 100,)}, "notify_channels"),
    ({"notify_channels": ("<#C" + "0" * 100 + ">",)}, "notify_channels"),
    ({"notify_channels": tuple(f"ops-{n}" for n in range(21))}, "notify_channels"),
    ({"notify_user_ids": (UserId("usr_404"),)}, "notify_user_ids"),
    ({"notify_user_ids": tuple(UserId(f"usr_{n}") for n in range(21))}, "notify_user_ids"),
    ({"owner_id": UserId("usr_404")}, "owner_id"),
    ({"runbook_url": "ftp://wiki.example.com/db"}, "runbook_url"),
    ({"runbook_url": "javascript:alert(1)"}, "runbook_url"),
    ({"runbook_url": "https://"}, "runbook_url"),
    ({"runbook_url": "https://wiki.example.com/a b"}, "runbook_url"),
    ({"runbook_url": "https://wiki.example.com/" + "x" * 2_048}, "runbook_url"),
    ({"reminders": (0,)}, "reminders"),
    ({"reminders": (-60,)}, "reminders"),
    ({"reminders": (31 * 24 * 60 + 1,)}, "reminders"),
    ({"reminders": tuple(range(1, 12))}, "reminders"),
    ({"matchers": ("severity=~[",)}, "matchers"),
    ({"recurrence": "FREQ=FORTNIGHTLY"}, "recurrence"),
    ({"recurrence": "every Tuesday"}, "recurrence"),
    ({"recurrence": "FREQ=MINUTELY"}, "recurrence"),
    ({"recurrence": "FREQ=HOURLY"}, "recurrence"),  # it lasts two hours
    ({"recurrence": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "recurrence"),
    ({"exceptions": (START,)}, "exceptions"),
    ({"recurrence": WEEKLY, "exceptions": (START,)}, "exceptions"),
    ({"recurrence": WEEKLY, "exceptions": (START + timedelta(days=6),)}, "exceptions"),
    (
        {"recurrence": "FREQ=DAILY;COUNT=3", "exceptions": (START + timedelta(days=3),)},
        "exceptions",
    ),
    (
        {
            "recurrence": "FREQ=DAILY",
            "exceptions": tuple(START + timedelta(days=n) for n in range(1, 502)),
        },
        "exceptions",
    ),
]


@pytest.mark.parametrize(("changes", "field"), FLAWED)
async def test_what_cannot_be_is_refused_by_name(
    bus: CommandBus, store: FakeStore, alice: Caller, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(a_wish(alice, **changes))

    assert {name for name, _ in refusal.value.flaws} == {field}
    assert store.rows.of(alice.organization_id).maintenances == {}
    assert store.effects == []


@pytest.mark.parametrize(("changes", "field"), FLAWED)
async def test_an_edit_cannot_do_what_scheduling_cannot(
    bus: CommandBus, store: FakeStore, alice: Caller, changes: dict[str, Any], field: str
) -> None:
    before = await bus.execute(a_wish(alice))
    if "exceptions" in changes:
        changes = {"recurrence": "", **changes}
    edit = EditMaintenance(caller=alice, maintenance_id=before.id, **changes)

    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(edit)

    named = {name for name, _ in refusal.value.flaws}
    assert named in ({field}, {"scheduled_start_at"}, {"scheduled_end_at"})
    assert store.rows.of(alice.organization_id).maintenances == {before.id: before}


async def test_everything_that_is_wrong_is_told_at_once(bus: CommandBus, alice: Caller) -> None:
    wish = a_wish(
        alice,
        title="",
        scheduled_end_at=NOON,
        service_ids=(ServiceId("svc_404"),),
        timezone="Mars",
        owner_id=UserId("usr_404"),
        reminders=(0,),
        recurrence="FREQ=SECONDLY",
    )

    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(wish)

    assert [field for field, _ in refusal.value.flaws] == [
        "title",
        "timezone",
        "reminders",
        "scheduled_end_at",
        "service_ids",
        "owner_id",
    ]


@pytest.mark.parametrize("start", [NOON, NOON - timedelta(seconds=60)])
async def test_a_start_a_moment_ago_is_now(bus: CommandBus, alice: Caller, start: datetime) -> None:
    window = await bus.execute(a_wish(alice, scheduled_start_at=start))

    assert (window.scheduled_start_at, window.next_at) == (start, start)


async def test_a_past_start_is_refused_in_favour_of_start_now(
    bus: CommandBus, alice: Caller
) -> None:
    caller = a_caller(alice.organization_id, surface=Surface.REST)

    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(a_wish(caller, scheduled_start_at=NOON - timedelta(hours=1)))

    assert str(refusal.value) == (
        "The start, 2030-01-01 11:00 UTC, has passed; choose a later one, or start now"
        " (start_now), which needs no start."
    )


async def test_in_slack_a_past_start_is_named_on_the_clock_of_the_window(
    bus: CommandBus, alice: Caller
) -> None:
    caller = a_caller(alice.organization_id, surface=Surface.SLACK)
    start, zone = NOON - timedelta(hours=1), "America/New_York"

    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(a_wish(caller, scheduled_start_at=start, timezone=zone))

    assert str(refusal.value) == (
        "The start, 2030-01-01 06:00 America/New_York, has passed; choose a later one, or start"
        " now, which needs no start."
    )


@pytest.mark.parametrize("off", [timedelta(minutes=-2), timedelta(minutes=2), timedelta(days=9)])
async def test_what_starts_now_does_not_start_at_another_time(
    bus: CommandBus, store: FakeStore, alice: Caller, off: timedelta
) -> None:
    wish = a_wish(
        alice,
        start_now=True,
        scheduled_start_at=NOON + off,
        scheduled_end_at=NOON + timedelta(days=30),
    )

    with pytest.raises(InvalidInput, match="leave one of the two out") as refusal:
        await bus.execute(wish)

    assert refusal.value.field == "scheduled_start_at"
    assert store.rows.of(alice.organization_id).maintenances == {}


async def test_what_starts_now_may_say_so_twice(bus: CommandBus, alice: Caller) -> None:
    start = NOON - timedelta(seconds=40)

    window = await bus.execute(a_wish(alice, start_now=True, scheduled_start_at=start))

    assert (window.running, window.scheduled_start_at) == (True, NOON)


async def test_a_window_without_a_start_is_refused(bus: CommandBus, alice: Caller) -> None:
    with pytest.raises(InvalidInput, match="Say when it starts") as refusal:
        await bus.execute(a_wish(alice, scheduled_start_at=None))

    assert refusal.value.field == "scheduled_start_at"


@pytest.mark.parametrize(
    ("surface", "changes"), [(Surface.SLACK, {}), (Surface.REST, {"recurrence": WEEKLY})]
)
async def test_past_times_are_a_slip_in_slack_and_where_it_recurs(
    bus: CommandBus, alice: Caller, surface: Surface, changes: dict[str, Any]
) -> None:
    caller = a_caller(alice.organization_id, surface=surface)
    start = START - timedelta(days=7)
    wish = a_wish(
        caller, scheduled_start_at=start, scheduled_end_at=start + timedelta(hours=2), **changes
    )

    with pytest.raises(InvalidInput, match="passed already") as refusal:
        await bus.execute(wish)

    assert refusal.value.field == "scheduled_start_at"


async def test_the_installation_decides_how_long_a_window_may_last(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    store.transactions.policy = Policy(longest_maintenance=timedelta(days=2))

    with pytest.raises(InvalidInput, match="lasts 2 days at most") as refusal:
        await bus.execute(a_wish(alice, scheduled_end_at=START + timedelta(days=2, seconds=1)))

    assert refusal.value.field == "scheduled_end_at"


async def test_the_installation_decides_on_reminders_where_the_wish_does_not(
    bus: CommandBus, store: FakeStore, alice: Caller
) -> None:
    store.transactions.policy = Policy(reminders=(1_440, 60))

    usual = await bus.execute(a_wish(alice))
    none = await bus.execute(a_wish(alice, reminders=()))
    own = await bus.execute(a_wish(alice, reminders=(5, 30, 5)))

    assert [one.reminders for one in (usual, none, own)] == [(1_440, 60), (), (30, 5)]


async def test_channels_are_kept_by_name_or_id(bus: CommandBus, alice: Caller) -> None:
    channels = ("#Ops-Changes", " ops-changes", "C0123456789", "<#C0987654321|db>", "данные")

    window = await bus.execute(a_wish(alice, notify_channels=channels))

    assert window.notify_channels == ("ops-changes", "C0123456789", "C0987654321", "данные")


async def test_people_who_are_told_are_kept_once_each(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    ids = [UserId(str(one.actor.user_id)) for one in (alice, bob, alice)]

    window = await bus.execute(
        a_wish(alice, notify_user_ids=tuple(ids), owner_id=bob.actor.user_id)
    )

    assert (window.notify_user_ids, window.owner_id) == (tuple(ids[:2]), bob.actor.user_id)


async def test_an_owner_can_be_taken_away(bus: CommandBus, alice: Caller, bob: Caller) -> None:
    window = await bus.execute(a_wish(alice, owner_id=bob.actor.user_id))

    edited = await bus.execute(
        EditMaintenance(caller=alice, maintenance_id=window.id, owner_id=UserId(""))
    )

    assert edited.owner_id is None


async def test_an_announced_window_is_not_moved_into_the_past(
    bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    program = a_caller(alice.organization_id, surface=Surface.REST)
    window = await bus.execute(a_wish(program))
    now = clock.advance(minutes=30)
    edit = EditMaintenance(
        caller=program,
        maintenance_id=window.id,
        scheduled_start_at=now - timedelta(hours=3),
        scheduled_end_at=now - timedelta(hours=2),
    )

    with pytest.raises(InvalidInput, match="That end has passed already") as refusal:
        await bus.execute(edit)

    assert refusal.value.field == "scheduled_end_at"


async def test_a_record_may_be_moved_to_other_times_of_the_past(
    bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    program = a_caller(alice.organization_id, surface=Surface.REST)
    past = {"scheduled_start_at": NOON - 5 * HOUR, "scheduled_end_at": NOON - 4 * HOUR}
    record = await bus.execute(a_wish(program, **past))
    edit = EditMaintenance(
        caller=program, maintenance_id=record.id, scheduled_end_at=NOON - 3 * HOUR
    )

    edited = await bus.execute(edit)

    assert (edited.scheduled_end_at, edited.next_at) == (NOON - 3 * HOUR, None)


async def test_a_record_does_not_come_to_life_by_a_later_end(
    bus: CommandBus, alice: Caller
) -> None:
    program = a_caller(alice.organization_id, surface=Surface.REST)
    past = {"scheduled_start_at": NOON - 5 * HOUR, "scheduled_end_at": NOON - 4 * HOUR}
    record = await bus.execute(a_wish(program, **past))
    edit = EditMaintenance(caller=program, maintenance_id=record.id, scheduled_end_at=NOON + HOUR)

    with pytest.raises(InvalidInput, match="start now") as refusal:
        await bus.execute(edit)

    assert refusal.value.field == "scheduled_start_at"


async def test_an_end_is_not_moved_to_where_it_has_passed(
    bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    window = await bus.execute(a_wish(alice, auto_start=False))
    clock.advance(minutes=90)
    edit = EditMaintenance(
        caller=alice, maintenance_id=window.id, scheduled_end_at=START + timedelta(minutes=1)
    )

    with pytest.raises(InvalidInput, match="That end has passed already") as refusal:
        await bus.execute(edit)

    assert refusal.value.field == "scheduled_end_at"


async def test_people_who_have_left_are_kept_where_they_were_and_named_nowhere_else(
    bus: CommandBus, alice: Caller, bob: Caller
) -> None:
    left = UserId(str(bob.actor.user_id))
    before = await bus.execute(a_wish(alice, owner_id=left, notify_user_ids=(left,)))
    await bus.execute(DeleteUser(caller=alice, user_id=left))
    edit = EditMaintenance(
        caller=alice, maintenance_id=before.id, owner_id=left, notify_user_ids=(left,), title="New"
    )

    edited = await bus.execute(edit)

    assert (edited.owner_id, edited.title) == (left, "New")
    with pytest.raises(InvalidInput) as refusal:
        await bus.execute(a_wish(alice, owner_id=left, notify_user_ids=(left,)))
    assert [field for field, _ in refusal.value.flaws] == ["notify_user_ids", "owner_id"]
