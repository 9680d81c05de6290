"""How effects travel: in order, side by side, again when they must, never for ever."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.patience import (
    LONGEST_DELAY,
    LONGEST_OUTAGE_DELAY,
    REMEMBERED,
    Patience,
    delay_after,
    look_again_at,
)
from bot.relay import (
    A_DAY_OF_ATTEMPTS,
    MOST_ATTEMPTS,
    Relay,
    Surroundings,
)
from core.commands import Command, RecordBurial, RecordMaintenanceBurial, RecordWebhookAttempt
from core.domain.actor import Surface
from core.domain.ids import EndpointId, EntryId, IncidentId, MaintenanceId, OrganizationId
from core.effects import (
    KINDS,
    Effect,
    OpenChannel,
    PostMaintenanceNotice,
    PostNotice,
    RefreshCard,
    SendWebhook,
    TellDeclarer,
    TellMaintenanceOwner,
)
from core.errors import NotFound, Unavailable
from core.ports import Parcel, ParcelId, Undeliverable, Unreachable
from tests.fakes.moment import NOON, FakeClock
from tests.fakes.outbox import FakeOutbox, StoredParcel

ORGANIZATION = OrganizationId("org_1")
ONE, TWO = IncidentId("inc_1"), IncidentId("inc_2")
WINDOW = MaintenanceId("mnt_1")


class Slack:
    """Takes every effect, unless it was told what to say to one of an incident."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Exception]] = {}
        self.seen: list[Effect] = []
        self.parcels: list[Parcel] = []
        self.arrived = asyncio.Event()
        self.before: Callable[[Effect], Awaitable[None]] | None = None

    async def deliver(self, effect: Effect, parcel: Parcel) -> None:
        self.parcels.append(parcel)
        if self.before:
            await self.before(effect)
        if answers := self.answers.get(effect.subject_id):
            raise answers.pop(0)
        self.seen.append(effect)
        self.arrived.set()


class Town:
    """A relay with everything around it."""

    def __init__(self, *effects: Effect) -> None:
        self.clock = FakeClock()
        self.outbox = FakeOutbox(self.clock)
        self.slack = Slack()
        self.observed: list[tuple[str, str]] = []
        self.recorded: list[Command[Any]] = []
        self.refusal: Exception | None = None
        for effect in effects:
            self.outbox.add(ORGANIZATION, effect, NOON)
        self.relay = self.a_relay()

    def a_relay(self, lanes: int = 16) -> Relay:
        around = Surroundings(
            clock=self.clock,
            record=self.record,
            jitter=lambda: 0.0,
            observe=lambda kind, outcome: self.observed.append((kind, outcome)),
        )
        deliveries = dict.fromkeys(KINDS.values(), self.slack.deliver)
        return Relay(self.outbox, deliveries, around, lanes=lanes)

    async def record(self, command: Command[Any]) -> Any:
        self.recorded.append(command)
        raise self.refusal or NotFound("There is no such incident.")

    def row(self, number: int) -> StoredParcel:
        return self.outbox.rows[ParcelId(number)]


def card(id: IncidentId) -> RefreshCard:
    return RefreshCard(incident_id=id)


def notice(id: IncidentId, entry: str) -> PostNotice:
    return PostNotice(incident_id=id, entry_id=EntryId(entry))


async def test_effects_of_one_incident_arrive_in_order() -> None:
    town = Town(OpenChannel(incident_id=ONE), notice(ONE, "a"), notice(ONE, "b"))

    await town.relay.drain()

    assert town.slack.seen == [OpenChannel(incident_id=ONE), notice(ONE, "a"), notice(ONE, "b")]
    assert await town.outbox.waiting() == 0


async def test_waiting_refreshes_of_one_card_are_shown_once() -> None:
    town = Town(card(ONE), card(ONE), card(ONE))

    await town.relay.drain()

    assert town.slack.seen == [card(ONE)]
    assert town.observed == [("RefreshCard", "delivered")]


async def test_a_stuck_incident_holds_up_only_itself() -> None:
    town = Town(OpenChannel(incident_id=ONE), card(ONE), card(TWO))
    town.slack.answers[ONE] = [Unreachable("Slack did not answer.")]

    await town.relay.drain()

    assert town.slack.seen == [card(TWO)]
    assert town.row(1).due_at == NOON + timedelta(seconds=2)
    assert town.observed == [("OpenChannel", "postponed"), ("RefreshCard", "delivered")]


async def test_what_was_postponed_is_tried_again_when_it_is_due() -> None:
    town = Town(card(ONE))
    town.slack.answers[ONE] = [Unreachable("Slack did not answer.")]
    await town.relay.drain()

    town.clock.advance(seconds=2)
    await town.relay.drain()

    assert town.slack.seen == [card(ONE)]


async def test_an_attempt_whose_outcome_is_unknown_makes_the_next_one_doubtful() -> None:
    town = Town(card(ONE))
    town.slack.answers[ONE] = [Unreachable("The answer was lost.", doubtful=True)]
    await town.relay.drain()

    town.clock.advance(seconds=2)
    await town.relay.drain()

    assert [parcel.doubtful for parcel in town.slack.parcels] == [False, True]


async def test_a_rate_limit_is_waited_out_and_brings_nothing_nearer_to_burial() -> None:
    town = Town(card(ONE))
    town.slack.answers[ONE] = [Unreachable("Slack asked us to wait.", retry_after=30)]

    await town.relay.drain()

    assert town.row(1).parcel.attempts == 0
    assert town.row(1).due_at == NOON + timedelta(seconds=30)


async def test_what_cannot_arrive_is_buried_and_the_lane_goes_on() -> None:
    town = Town(notice(ONE, "a"), card(ONE))
    town.slack.answers[ONE] = [Undeliverable("The channel #x is archived.")]

    await town.relay.drain()

    assert town.row(1).reason == "The channel #x is archived."
    assert town.slack.seen == [card(ONE)]
    assert ("PostNotice", "buried") in town.observed


async def test_a_burial_is_recorded_with_its_reason() -> None:
    town = Town(notice(ONE, "a"))
    town.slack.answers[ONE] = [Undeliverable("The channel #x is archived.")]

    await town.relay.drain()

    (burial,) = town.recorded
    assert isinstance(burial, RecordBurial)
    assert (burial.incident_id, burial.effect) == (ONE, "PostNotice")
    assert burial.reason == "The channel #x is archived."
    assert burial.caller.actor.surface is Surface.RELAY


async def test_a_burial_of_something_of_a_window_is_recorded_with_the_window() -> None:
    notice_of_a_window = PostMaintenanceNotice(maintenance_id=WINDOW, entry_id=EntryId("ent_1"))
    town = Town(notice_of_a_window)
    town.slack.answers[WINDOW] = [Undeliverable("The channel #x is archived.")]

    await town.relay.drain()

    (burial,) = town.recorded
    assert isinstance(burial, RecordMaintenanceBurial)
    assert (burial.maintenance_id, burial.effect) == (WINDOW, "PostMaintenanceNotice")
    assert burial.reason == "The channel #x is archived."
    assert burial.caller.actor.surface is Surface.RELAY


async def test_a_webhook_that_is_given_up_is_noted_where_it_is_listed() -> None:
    town = Town(SendWebhook(endpoint_id=EndpointId("whe_1"), delivery_id="msg_1"))
    town.slack.answers["whe_1"] = [Undeliverable("It answered 404.")]

    await town.relay.drain()

    (burial,) = town.recorded
    assert isinstance(burial, RecordWebhookAttempt)
    assert (burial.delivery_id, burial.reason) == ("msg_1", "It answered 404.")
    assert (burial.final, burial.made) == (True, False)


@pytest.mark.parametrize(
    "effect",
    [
        TellDeclarer(incident_id=ONE, entry_id=EntryId("ent_1")),
        TellMaintenanceOwner(maintenance_id=WINDOW, entry_id=EntryId("ent_1")),
    ],
)
async def test_nobody_is_told_that_they_cannot_be_told(effect: Effect) -> None:
    town = Town(effect)
    town.slack.answers[effect.subject_id] = [Undeliverable("The person left.")]

    await town.relay.drain()

    assert town.row(1).buried_at == NOON
    assert town.recorded == []


async def test_an_outage_of_days_buries_nothing_and_its_end_is_seen_within_a_minute() -> None:
    town = Town(card(ONE))
    town.slack.answers[ONE] = [Unreachable("Slack cannot be reached.") for _ in range(500)]
    waits = []

    for _ in range(500):
        await town.relay.drain()
        waits.append(town.row(1).due_at - town.clock())
        town.clock.advance(seconds=waits[-1].total_seconds())
    await town.relay.drain()

    assert [wait.seconds for wait in waits[:4]] == [2, 4, 8, 16]
    assert set(waits[5:]) == {LONGEST_OUTAGE_DELAY}
    assert town.row(1).parcel.attempts == 0
    assert town.slack.seen == [card(ONE)]
    assert ("RefreshCard", "buried") not in town.observed


async def test_an_outage_brings_what_may_have_arrived_no_nearer_to_burial() -> None:
    town = Town(card(ONE))
    lost, away = (
        Unreachable("The answer was lost.", doubtful=True),
        Unreachable("Slack cannot be reached."),
    )
    town.slack.answers[ONE] = [*[lost] * (MOST_ATTEMPTS - 1), *[away] * 20]

    for _ in range(MOST_ATTEMPTS + 20):
        await town.relay.drain()
        town.clock.advance(minutes=13)

    assert town.slack.seen == [card(ONE)]
    assert town.slack.parcels[-1].doubtful


@pytest.mark.parametrize(
    ("failure", "most", "reason"),
    [
        (Unreachable("Slack did not answer.", doubtful=True), A_DAY_OF_ATTEMPTS, "did not answer"),
        (ZeroDivisionError("oops"), MOST_ATTEMPTS, "failed unexpectedly"),
    ],
)
async def test_after_a_day_of_slack_or_twelve_failures_of_our_own_it_is_given_up(
    failure: Exception, most: int, reason: str
) -> None:
    town = Town(card(ONE))
    town.slack.answers[ONE] = [failure] * (most + 10)

    for _ in range(most + 10):
        await town.relay.drain()
        town.clock.advance(minutes=13)

    assert len(town.slack.parcels) == most
    assert reason in town.row(1).reason
    assert f"(after {most} attempts)" in town.row(1).reason


async def test_a_day_of_attempts_is_a_day() -> None:
    assert timedelta(days=1) == A_DAY_OF_ATTEMPTS * LONGEST_OUTAGE_DELAY


async def test_a_failure_of_our_own_is_tried_ever_more_rarely() -> None:
    town = Town(card(ONE))
    town.slack.answers[ONE] = [ZeroDivisionError("oops")] * MOST_ATTEMPTS
    waits = []

    for _ in range(5):
        await town.relay.drain()
        waits.append(town.row(1).due_at - town.clock())
        town.clock.advance(seconds=waits[-1].total_seconds())

    assert [wait.seconds for wait in waits] == [2, 4, 8, 16, 32]


async def test_an_error_nobody_foresaw_postpones_and_counts() -> None:
    town = Town(card(ONE), card(TWO))
    town.slack.answers[ONE] = [ZeroDivisionError("oops")]

    await town.relay.drain()

    assert (town.row(1).parcel.attempts, town.row(1).parcel.doubtful) == (1, True)
    assert "oops" not in town.row(1).reason
    assert town.slack.seen == [card(TWO)]


async def test_what_belonged_to_something_deleted_is_dropped_without_alarm() -> None:
    town = Town(notice(ONE, "a"))
    town.slack.answers[ONE] = [Undeliverable("No.")]
    town.refusal = NotFound("There is no such incident.")

    with capture_logs() as logs:
        await town.relay.drain()

    assert {line["log_level"] for line in logs}.isdisjoint({"error", "critical"})
    assert town.row(1).buried_at == NOON


async def test_a_record_that_fails_in_a_new_way_stops_nothing() -> None:
    town = Town(notice(ONE, "a"), card(ONE))
    town.slack.answers[ONE] = [Undeliverable("No.")]
    town.refusal = ZeroDivisionError("oops")

    await town.relay.drain()

    assert town.slack.seen == [card(ONE)]


async def test_lanes_move_side_by_side_up_to_the_bound() -> None:
    many = [card(IncidentId(f"inc_{number}")) for number in range(5)]
    town = Town(*many)
    together, most = 0, 0

    async def count(_: Effect) -> None:
        nonlocal together, most
        together += 1
        most = max(most, together)
        await asyncio.sleep(0)
        together -= 1

    town.slack.before = count
    await town.a_relay(lanes=3).drain()

    assert most == 3
    assert len(town.slack.seen) == 5


async def test_running_it_carries_what_is_written_later_once_woken() -> None:
    town = Town()
    running = asyncio.create_task(town.relay.run())
    await asyncio.sleep(0)

    town.outbox.add(ORGANIZATION, card(ONE), NOON)
    town.relay.wake()
    await town.slack.arrived.wait()
    await town.relay.stop(1)
    await running

    assert town.slack.seen == [card(ONE)]


class BusyOutbox(FakeOutbox):
    """Out of reach for the first look."""

    looks = 0

    async def claim(self, limit: int, now: object) -> list[Parcel]:
        self.looks += 1
        if self.looks == 1:
            raise Unavailable("The database is busy.")
        if self.looks == 2:
            raise ZeroDivisionError("oops")
        return await super().claim(limit, NOON)


async def test_a_database_out_of_reach_does_not_stop_it() -> None:
    town = Town()
    town.outbox = BusyOutbox(town.clock)
    town.outbox.add(ORGANIZATION, card(ONE), NOON)
    relay = town.a_relay()

    running = asyncio.create_task(relay.run())
    while not town.slack.seen:
        relay.wake()
        await asyncio.sleep(0)
    await relay.stop(1)
    await running

    assert town.slack.seen == [card(ONE)]


async def test_stopping_waits_for_what_is_on_its_way() -> None:
    town = Town(card(ONE))
    on_its_way, arrive = asyncio.Event(), asyncio.Event()

    async def slowly(_: Effect) -> None:
        on_its_way.set()
        await arrive.wait()

    town.slack.before = slowly
    running = asyncio.create_task(town.relay.run())
    await on_its_way.wait()

    stopping = asyncio.create_task(town.relay.stop(60))
    arrive.set()
    await asyncio.gather(stopping, running)

    assert town.row(1).settled


async def test_what_does_not_arrive_in_time_is_left_due_and_doubtful() -> None:
    town = Town(card(ONE))
    on_its_way = asyncio.Event()

    async def never(_: Effect) -> None:
        on_its_way.set()
        await asyncio.Event().wait()

    town.slack.before = never
    running = asyncio.create_task(town.relay.run())
    await on_its_way.wait()

    await town.relay.stop(0)
    await running

    assert (town.row(1).due_at, town.row(1).being_tried) == (NOON, False)
    assert (town.row(1).parcel.doubtful, town.row(1).parcel.attempts) == (True, 0)


class SlowOutbox(FakeOutbox):
    """Answers a claim only when it is let to."""

    def slowed(self, asked: asyncio.Event, answer: asyncio.Event) -> None:
        self.asked, self.answer = asked, answer

    async def claim(self, limit: int, now: object) -> list[Parcel]:
        self.asked.set()
        await self.answer.wait()
        return await super().claim(limit, NOON)


async def test_what_is_claimed_while_stopping_is_given_back_untried() -> None:
    town = Town()
    asked, answer = asyncio.Event(), asyncio.Event()
    town.outbox = slow = SlowOutbox(town.clock)
    slow.slowed(asked, answer)
    slow.add(ORGANIZATION, card(ONE), NOON)
    relay = town.a_relay()
    running = asyncio.create_task(relay.run())
    await asked.wait()

    await relay.stop(1)
    answer.set()
    await running

    assert town.slack.parcels == []
    assert not town.row(1).being_tried
    assert not town.row(1).parcel.doubtful


async def test_an_outcome_that_cannot_be_stored_comes_back_as_doubtful() -> None:
    class Forgetful(FakeOutbox):
        async def settle(self, parcel: Parcel) -> None:
            if not parcel.doubtful:
                raise Unavailable("The database is busy.")
            await super().settle(parcel)

    town = Town()
    town.outbox = Forgetful(town.clock)
    town.outbox.add(ORGANIZATION, card(ONE), NOON)
    relay = town.a_relay()
    await relay.drain()

    town.clock.advance(seconds=61)
    await relay.drain()

    assert [parcel.doubtful for parcel in town.slack.parcels] == [False, True]
    assert town.row(1).settled


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 2), (1, 4), (3, 16), (9, 600), (99, 600)])
def test_delays_double_up_to_a_limit(attempts: int, seconds: int) -> None:
    assert delay_after(attempts, 0) == timedelta(seconds=seconds)


def test_chance_lengthens_a_delay_by_a_quarter_at_most() -> None:
    assert delay_after(0, 1) == timedelta(seconds=2.5)
    assert delay_after(99, 1) == LONGEST_DELAY * 1.25


@pytest.mark.parametrize("second", [0, 3, 9, 10, 19])
def test_what_waits_for_long_looks_again_at_the_same_moments(second: int) -> None:
    now = NOON + timedelta(seconds=second)

    again = look_again_at(now, failures=9, jitter=0.7)

    assert timedelta(seconds=10) <= again - now <= timedelta(seconds=30)
    assert again.second % 20 == 0


def test_only_so_many_outages_are_remembered() -> None:
    patience: Patience[ParcelId] = Patience()
    patience.tried_in_vain(ParcelId(0))

    for number in range(1, REMEMBERED + 1):
        patience.tried_in_vain(ParcelId(number))

    assert patience.tried_in_vain(ParcelId(REMEMBERED)) == 1
    assert patience.tried_in_vain(ParcelId(0)) == 0


def test_a_parcel_that_is_forgotten_begins_anew() -> None:
    patience: Patience[ParcelId] = Patience()
    patience.tried_in_vain(ParcelId(1))

    patience.forget(ParcelId(1))

    assert patience.tried_in_vain(ParcelId(1)) == 0
