"""A flood of new groups from one source: one incident for all that is too much."""

from collections import Counter

import pytest

from core.bus import CommandBus
from core.commands import CancelIncident
from core.domain.alert import Alert, Fate
from core.domain.events import AlertsFired
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.domain.state import State
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import fates, titles

TITLE = "Alert storm: Alertmanager"


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    """Three incidents a minute, and then a storm."""
    return await Quiet(store, bus, clock).begin(settings={"storm_limit": 3})


def flood(first: int, last: int, severity: Severity = Severity.HIGH) -> list[Alert]:
    return [firing(f"a{n}", 121, group=f"g{n}", severity=severity) for n in range(first, last + 1)]


def storm(quiet: Quiet) -> Incident:
    [found] = [one for one in quiet.source.incidents() if one.title == TITLE]
    return found


async def floods_slowly(quiet: Quiet) -> None:
    """As many incidents as may be, and then more."""
    for alert in flood(1, 5):
        await quiet.source.ring(alert)


async def test_what_is_too_much_at_once_is_one_incident_altogether(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 50))

    assert titles(quiet) == [TITLE]
    assert Counter(fates(quiet).values()) == {Fate.STORM: 50}
    assert storm(quiet).service_ids == (quiet.service.id,)
    assert "More than 3 incidents within a minute" in storm(quiet).description


async def test_as_many_as_may_be_at_once_are_no_storm(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 3))

    assert titles(quiet) == ["Alert a1", "Alert a2", "Alert a3"]


async def test_one_group_of_many_alerts_is_no_storm(quiet: Quiet) -> None:
    await quiet.source.ring(*(firing(f"a{n}", 121, group="same") for n in range(50)))

    assert set(fates(quiet).values()) == {Fate.DECLARED}


async def test_groups_with_an_incident_do_not_make_a_storm_of_new_ones(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 1))
    await quiet.source.ring(*flood(2, 2))

    await quiet.source.ring(
        firing("b1", 122, group="g1"), firing("b2", 122, group="g2"), *flood(3, 4)
    )

    assert titles(quiet) == ["Alert a1", "Alert a2", "Alert a3", TITLE]
    assert fates(quiet)["b2"] is Fate.GROUPED


async def test_a_storm_is_as_bad_as_the_worst_of_it(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 9), *flood(10, 11, Severity.CRITICAL))

    assert storm(quiet).severity is Severity.CRITICAL


async def test_while_there_is_room_the_worst_are_incidents_of_their_own(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 2))

    await quiet.source.ring(*flood(3, 4), *flood(5, 5, Severity.CRITICAL))

    assert titles(quiet) == ["Alert a1", "Alert a2", "Alert a5", TITLE]
    assert storm(quiet).severity is Severity.HIGH


async def test_one_after_the_other_counts_as_well(quiet: Quiet) -> None:
    await floods_slowly(quiet)
    await quiet.source.ring(*flood(6, 6))

    assert titles(quiet) == ["Alert a1", "Alert a2", "Alert a3", TITLE]
    events = quiet.store.events(quiet.source.organization_id)
    assert [one.count for one in events if isinstance(one, AlertsFired)] == [1, 1]


async def test_at_a_bearable_pace_there_is_no_storm(quiet: Quiet) -> None:
    for alert in flood(1, 9):
        await quiet.source.ring(alert)
        quiet.clock.advance(seconds=21)

    assert len(quiet.source.incidents()) == 9
    assert set(fates(quiet).values()) == {Fate.DECLARED}


async def test_while_it_goes_on_every_new_group_belongs_to_it(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 5))
    for seconds in range(1, 9):
        quiet.clock.advance(seconds=15)
        await quiet.source.ring(*flood(10 * seconds, 10 * seconds))

    assert titles(quiet) == [TITLE]
    assert sum(one.incident_id == storm(quiet).id for one in quiet.episodes()) == 13


async def test_a_burst_each_minute_is_one_storm(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 5))
    for minutes in range(1, 9):
        quiet.clock.advance(minutes=1, seconds=1)
        for alert in flood(10 * minutes, 10 * minutes + 3):
            await quiet.source.ring(alert)

    assert titles(quiet) == [TITLE]


async def test_what_is_worse_than_a_storm_that_calms_down_is_no_part_of_it(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 5))
    quiet.clock.advance(minutes=2)

    await quiet.source.ring(*flood(6, 6, Severity.CRITICAL), *flood(7, 7))

    assert titles(quiet) == [TITLE, "Alert a6"]


async def test_when_it_has_settled_new_groups_are_incidents_again(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 5))
    quiet.clock.advance(minutes=5, seconds=1)

    await quiet.source.ring(*flood(6, 6))

    assert titles(quiet)[-1] == "Alert a6"
    assert storm(quiet).state is State.OPEN


async def test_known_groups_of_it_stay_with_it_while_it_lives(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 5))
    quiet.clock.advance(minutes=30)

    await quiet.source.ring(firing("more", 150, group="g5"))

    assert quiet.episodes()[-1].incident_id == storm(quiet).id
    assert fates(quiet)["more"] is Fate.STORM


async def test_ten_thousand_that_come_again_are_told_of_once(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 1_000))
    told = len(quiet.source.told())

    await quiet.source.ring(*(firing(f"b{n}", 122, group=f"g{n}") for n in range(1, 1_001)))

    assert quiet.source.told()[told:] == ["AlertsFired"]
    assert sum(one.incident_id == storm(quiet).id for one in quiet.episodes()) == 2 * 1_000


async def test_the_end_of_all_of_it_ends_it_and_it_can_go_on(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 5))
    await quiet.source.ring(*(ended(f"a{n}", 121, until=122) for n in range(1, 6)))
    over = {one.state for one in quiet.source.incidents()}

    await quiet.source.ring(firing("a5", 123, group="g5"))

    assert over == {State.RESOLVED}
    assert storm(quiet).state is State.OPEN
    assert fates(quiet)["a5"] is Fate.STORM


async def test_when_people_ended_it_the_next_flood_is_another(quiet: Quiet) -> None:
    await quiet.source.ring(*flood(1, 5))
    first = storm(quiet)
    await quiet.bus.execute(CancelIncident(caller=quiet.carol, incident_id=first.id))

    await quiet.source.ring(*flood(11, 14))

    storms = [one for one in quiet.source.incidents() if one.title == TITLE]
    assert [one.state for one in storms] == [State.CANCELED, State.OPEN]


async def test_each_source_has_its_own(quiet: Quiet) -> None:
    other = await quiet.another_source(quiet.service)
    await quiet.source.ring(*flood(1, 5))

    await other.ring(*flood(1, 5))

    assert titles(quiet).count(TITLE) == 1
    assert len(quiet.source.incidents()) == 6


async def test_without_a_limit_there_are_as_many_as_there_are(
    store: FakeStore, bus: CommandBus, clock: FakeClock
) -> None:
    quiet = await Quiet(store, bus, clock).begin(settings={"storm_limit": 0})

    await quiet.source.ring(*flood(1, 50))

    assert len(quiet.source.incidents()) == 50
