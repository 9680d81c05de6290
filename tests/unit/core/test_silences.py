"""Silences: what they keep quiet, until when, and what comes of it afterwards."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import alerting as a
from core.domain.alert import Alert, Episode, Fate
from core.domain.alike import alike
from core.domain.events import NoteAdded
from core.domain.silence import ACTIVE, Silence
from core.errors import IllegalTransition, InvalidInput, NotFound
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing, minute
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import fates, silence_like, tick, waited_for
from tests.unit.core.test_fates import EPISODE


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


async def silence(
    quiet: Quiet, *matchers: str, minutes: float = 60, reason: str = "", **changes: Any
) -> Silence:
    return await quiet.bus.execute(
        a.AddSilence(
            caller=quiet.carol,
            matchers=matchers or ("instance=a",),
            ends_at=quiet.clock() + timedelta(minutes=minutes),
            reason=reason,
            **changes,
        )
    )


async def end(quiet: Quiet, made: Silence) -> Silence:
    return await quiet.bus.execute(a.EndSilence(caller=quiet.carol, silence_id=made.id))


async def test_what_it_covers_calls_nobody_and_says_why(quiet: Quiet) -> None:
    made = await silence(quiet, "instance=a", reason="Known since Monday")

    await quiet.source.ring(firing("a", 121), firing("b", 121))

    silenced, called = quiet.episodes()
    assert (silenced.fate, silenced.kept_by, silenced.incident_id) == (
        Fate.SILENCED,
        made.id,
        None,
    )
    assert silenced.fate_note == "by Carol Cook until 2030-01-01 15:00 UTC (Known since Monday)"
    assert called.fate is Fate.DECLARED


async def test_what_rings_already_goes_on(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 119))
    await silence(quiet, "instance=a")

    await quiet.source.ring(firing("a", 121))  # restarted, and never quiet in between

    assert {one.incident_id for one in quiet.episodes()} == {quiet.source.incident().id}
    assert quiet.source.told() == ["IncidentDeclared"]


async def test_after_its_end_what_still_fires_calls(quiet: Quiet) -> None:
    await silence(quiet, "instance=~a|b", minutes=60)
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    await quiet.source.ring(ended("b", 121, until=122))
    quiet.clock.advance(minutes=60)

    await tick(quiet)

    assert fates(quiet) == {"a": Fate.DECLARED, "b": Fate.SILENCED}
    [kept] = quiet.source.rows.records.values()
    assert isinstance(kept, Silence)
    assert (kept.over, kept.parent_id) == (True, None)


async def test_what_was_decided_at_its_very_end_is_found_a_minute_later(quiet: Quiet) -> None:
    """By another process, whose clock is slower."""
    made = await silence(quiet, "instance=a", minutes=60)
    quiet.clock.advance(minutes=60)
    await tick(quiet)
    late = replace(
        EPISODE,
        integration_id=next(iter(quiet.source.rows.integrations)),
        fate=Fate.SILENCED,
        kept_by=made.id,
    )
    quiet.source.rows.episodes[late.id] = late
    quiet.clock.advance(minutes=1)

    await tick(quiet)

    assert fates(quiet) == {"a": Fate.DECLARED}
    assert waited_for(quiet) == []


async def test_ended_early_it_is_over_at_once(quiet: Quiet) -> None:
    made = await silence(quiet, "instance=a", minutes=60)
    await quiet.source.ring(firing("a", 121))

    first = await end(quiet, made)
    again = await end(quiet, made)
    await tick(quiet)

    assert (first.ends_at, again) == (quiet.clock(), first)
    assert fates(quiet) == {"a": Fate.DECLARED}


async def test_whoever_outlives_one_of_two_has_still_nobody_to_call(quiet: Quiet) -> None:
    await silence(quiet, "instance=a", minutes=10)
    await quiet.source.ring(firing("a", 121))
    longer = await silence(quiet, "alertname=~Alert.*", minutes=60)
    quiet.clock.advance(minutes=10)

    await tick(quiet)

    [episode] = quiet.episodes()
    assert (episode.fate, episode.kept_by) == (Fate.SILENCED, longer.id)


async def test_a_window_that_is_over_hands_to_a_silence(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    made = await silence(quiet, "instance=a")

    await quiet.end(window)

    silenced, called = quiet.episodes()
    assert (silenced.fate, silenced.kept_by, silenced.suppressed_by) == (
        Fate.SILENCED,
        made.id,
        None,
    )
    assert (called.fate, called.suppressed_by) == (Fate.DECLARED, window.id)
    assert [told.count for told in quiet.raised(window)] == [1]


async def test_a_whole_source_is_silenced_without_matchers(quiet: Quiet) -> None:
    [source] = quiet.source.rows.integrations
    other = await quiet.another_source()
    await quiet.bus.execute(
        a.AddSilence(
            caller=quiet.carol,
            matchers=(),
            ends_at=quiet.clock() + timedelta(minutes=5),
            integration_id=source,
        )
    )

    await quiet.source.ring(firing("a", 121))
    await other.ring(firing("a", 121))

    assert sorted(one.fate for one in quiet.episodes()) == [Fate.DECLARED, Fate.SILENCED]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"matchers": ("no matcher",)}, ["matchers"]),
        ({"matchers": ()}, ["matchers"]),
        ({"minutes": 0.5}, ["ends_at"]),
        ({"minutes": -5}, ["ends_at"]),
        ({"minutes": 60 * 24 * 367}, ["ends_at"]),
        ({"reason": "x" * 501}, ["reason"]),
        ({"integration_id": "int_404"}, ["integration_id"]),
        (
            {"matchers": ("x",), "minutes": 0, "reason": "y" * 501},
            ["matchers", "reason", "ends_at"],
        ),
    ],
)
async def test_what_makes_no_sense_is_refused_by_name(
    quiet: Quiet, changes: dict[str, Any], fields: list[str]
) -> None:
    minutes = changes.pop("minutes", 60)
    wish: dict[str, Any] = {
        "matchers": ("instance=a",),
        "ends_at": quiet.clock() + timedelta(minutes=minutes),
        **changes,
    }

    with pytest.raises(InvalidInput) as refusal:
        await quiet.bus.execute(a.AddSilence(caller=quiet.carol, **wish))

    assert [field for field, _ in refusal.value.flaws] == fields
    assert quiet.source.rows.records == {}


@pytest.mark.parametrize("seconds", [60, 366 * 86_400])
async def test_a_silence_of_so_many_seconds_lasts_them_however_long_it_was_on_its_way(
    quiet: Quiet, seconds: int
) -> None:
    wish = a.AddSilence(caller=quiet.carol, matchers=("instance=a",), seconds=seconds)
    quiet.clock.advance(seconds=3)

    made = await quiet.bus.execute(wish)

    assert made.ends_at == quiet.clock() + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("length", "field"),
    [
        ({}, "ends_at"),
        ({"seconds": 60, "ends_at": minute(9_999)}, "seconds"),
        ({"seconds": 59}, "seconds"),
        ({"seconds": 10**30}, "seconds"),
    ],
)
async def test_a_length_that_makes_no_sense_is_refused_with_all_the_rest(
    quiet: Quiet, length: dict[str, Any], field: str
) -> None:
    wish = a.AddSilence(caller=quiet.carol, matchers=("no matcher",), **length)

    with pytest.raises(InvalidInput) as refusal:
        await quiet.bus.execute(wish)

    assert [field for field, _ in refusal.value.flaws] == ["matchers", field]


async def test_there_is_a_most_of_silences_at_once(quiet: Quiet) -> None:
    for _ in range(200):
        await silence(quiet)

    with pytest.raises(InvalidInput, match="There are 200 silences"):
        await silence(quiet)


async def test_alerts_like_one_call_nobody_for_an_hour(quiet: Quiet) -> None:
    await quiet.source.ring(labelled("a", 119, instance="a", team="x"))
    [episode] = quiet.episodes()

    made = await silence_like(quiet, episode)
    await quiet.source.ring(
        labelled("b", 121, instance="b", team="x"), labelled("c", 121, instance="c", team="y")
    )

    assert made.ends_at == quiet.clock() + timedelta(hours=1)
    assert (made.by, made.reason) == ("Carol Cook", "Alerts like “Alert a”")
    assert made.matchers == ('alertname="Slow"', 'team="x"')
    assert fates(quiet) == {"a": Fate.DECLARED, "b": Fate.SILENCED, "c": Fate.GROUPED}


async def test_colleagues_read_it_in_the_incident(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 119))
    [episode] = quiet.episodes()

    made = await silence_like(quiet, episode, reason="Deploying")

    events = quiet.store.events(quiet.source.organization_id)
    [note] = [event for event in events if isinstance(event, NoteAdded)]
    assert note.text == (
        "Alerts like “Alert a” call nobody until 2030-01-01 15:00 UTC: "
        'those with alertname="Alert a".'
    )
    assert made.reason == "Deploying"


async def test_what_has_ended_is_not_silenced_by_itself(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 119))
    await quiet.source.ring(ended("a", 119, until=120))
    [episode] = quiet.episodes()

    with pytest.raises(IllegalTransition):
        await silence_like(quiet, episode)
    with pytest.raises(NotFound):
        await silence_like(quiet, EPISODE)


@pytest.mark.parametrize("seconds", [0, 59, -1, 367 * 86_400, 10**30])
async def test_a_silence_lasts_a_sensible_time(quiet: Quiet, seconds: int) -> None:
    await quiet.source.ring(firing("a", 119))

    with pytest.raises(InvalidInput, match="A silence lasts"):
        await silence_like(quiet, quiet.episodes()[0], seconds=seconds)


def labelled(name: str, since: float, **labels: str) -> Alert:
    return replace(firing(name, since), labels={"alertname": "Slow", **labels})


def having(**labels: str) -> Episode:
    return replace(EPISODE, labels=labels)


@pytest.mark.parametrize(
    ("episode", "matchers"),
    [
        (having(), ['alertname="Slow"']),
        (having(Pod="p-1", job="api"), ['alertname="Slow"', 'job="api"']),
        (having(alertname="X", empty=""), ['alertname="X"']),
        (having(text='a "b"\\\nc'), ['alertname="Slow"', 'text="a \\"b\\"\\\\\\nc"']),
        (having(long="x" * 600), ['alertname="Slow"']),
        (having(odd="a\u0000b"), ['alertname="Slow"']),
        (having(**{"with blank": "1"}), ['alertname="Slow"', '"with blank"="1"']),
    ],
)
def test_alerts_are_alike_by_all_but_the_instance(
    episode: Episode, matchers: Sequence[str]
) -> None:
    assert list(alike(episode)) == matchers


def test_only_those_that_are_not_over_are_asked_for() -> None:
    made = Silence(
        id="sil_1",
        created_at=minute(0),
        updated_at=minute(0),
        matchers=("a=b",),
        ends_at=minute(9),
    )

    assert (made.parent_id, replace(made, over=True).parent_id) == (ACTIVE, None)
