"""Alerts that have to fire for a while before they call anybody."""

import pytest

from core.bus import CommandBus
from core.commands import alerting
from core.domain.alert import Fate
from core.domain.fates import fate_of
from core.domain.timer import TimerKind
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing, minute
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import fates, rule, tick, waited_for


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    """It holds for five minutes."""
    return await Quiet(store, bus, clock).begin(settings={"hold": 300})


async def test_it_calls_once_the_hold_is_over(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 120))
    [held] = quiet.episodes()
    before = quiet.source.incidents()
    quiet.clock.advance(minutes=5)

    await tick(quiet)

    [episode] = quiet.episodes()
    assert (held.fate, held.due_at, before) == (Fate.HELD, minute(125), [])
    assert (episode.fate, episode.due_at) == (Fate.DECLARED, None)
    assert episode.incident_id == quiet.source.incident().id
    assert waited_for(quiet) == []


async def test_nothing_calls_before_its_own_hold_is_over(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 120, group="a"))
    quiet.clock.advance(minutes=2)
    await quiet.source.ring(firing("b", 122, group="b"))
    quiet.clock.advance(minutes=3)

    await tick(quiet)

    assert fates(quiet) == {"a": Fate.DECLARED, "b": Fate.HELD}
    [timer] = waited_for(quiet)
    assert (timer.kind, timer.due_at) == (TimerKind.HOLD, minute(127))


async def test_what_ends_in_its_hold_calls_nobody(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 120))
    quiet.clock.advance(minutes=3)
    await quiet.source.ring(ended("a", 120, until=122))
    quiet.clock.advance(minutes=3)

    await tick(quiet)

    assert fates(quiet) == {"a": Fate.PASSED}
    assert quiet.source.incidents() == []
    assert waited_for(quiet) == []


async def test_what_fired_long_enough_before_it_was_told_calls_at_once(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 110))

    assert fates(quiet) == {"a": Fate.DECLARED}


async def test_a_start_in_the_future_does_not_make_a_hold_longer(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 240))

    assert quiet.episodes()[0].due_at == minute(125)


async def test_a_start_anew_begins_the_hold_anew(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 120))
    quiet.clock.advance(minutes=3)

    await quiet.source.ring(firing("a", 123))

    first, second = quiet.episodes()
    assert (first.fate, second.fate, second.due_at) == (Fate.PASSED, Fate.HELD, minute(128))


async def test_after_the_hold_the_other_reasons_to_be_quiet_count(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 120), firing("b", 120))
    window = await quiet.window(matchers=("instance=a",))
    await rule(quiet, routing="drop", reason="Known", matchers=["instance=b"])
    quiet.clock.advance(minutes=5)

    await tick(quiet)

    suppressed, dropped = quiet.episodes()
    assert (suppressed.fate, suppressed.suppressed_by) == (Fate.SUPPRESSED, window.id)
    assert dropped.fate is Fate.DROPPED
    assert quiet.source.incidents() == []


async def test_a_timer_that_is_not_due_is_left(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 120))

    await tick(quiet)

    assert fates(quiet) == {"a": Fate.HELD}
    assert len(quiet.source.rows.timers) == 1


async def test_what_a_deleted_source_said_last_calls_nobody(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 120))
    [source] = quiet.source.rows.integrations
    await quiet.bus.execute(
        alerting.DeleteIntegration(caller=quiet.operator, integration_id=source)
    )
    quiet.clock.advance(minutes=5)

    await tick(quiet)

    [episode] = quiet.episodes()
    assert (episode.fate, episode.firing) == (Fate.PASSED, False)
    assert fate_of(episode, None, None) == (
        "over before the end of its hold; it ended because its source was deleted"
    )
    assert quiet.source.incidents() == []
