"""What people set right about single alerts: it is no incident, or one of its own."""

import pytest

from core.bus import CommandBus
from core.commands import AttachAlert, DeclareIncident, ResolveIncident
from core.commands import alerting as a
from core.domain.alert import Episode, Fate
from core.domain.events import AlertDismissed, AlertSplit, Event
from core.domain.incident import Incident
from core.domain.state import State
from core.errors import IllegalTransition
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import ended, firing
from tests.unit.core.quiet import Quiet
from tests.unit.core.quiet_alerts import fates, rule, titles


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


async def dismiss(quiet: Quiet, episode: Episode) -> Episode:
    return await quiet.bus.execute(a.DismissAlert(caller=quiet.carol, alert_id=episode.id))


async def split(quiet: Quiet, episode: Episode) -> Incident:
    return await quiet.bus.execute(a.SplitAlert(caller=quiet.carol, alert_id=episode.id))


def events(quiet: Quiet) -> list[Event]:
    return list(quiet.store.events(quiet.source.organization_id))


async def test_the_only_alert_takes_its_incident_with_it(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121))
    [episode] = quiet.episodes()

    dismissed = await dismiss(quiet, episode)

    assert (dismissed.fate, dismissed.incident_id, dismissed.firing) == (
        Fate.DISMISSED,
        None,
        True,
    )
    assert dismissed.fate_note == "as Carol Cook said"
    assert quiet.source.incident().state is State.CANCELED
    assert quiet.source.told() == ["IncidentDeclared", "AlertDismissed", "IncidentCanceled"]


async def test_with_others_in_it_the_incident_goes_on(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121))

    await dismiss(quiet, quiet.episodes()[0])

    assert quiet.source.incident().state is State.OPEN
    assert [one.name for one in events(quiet) if isinstance(one, AlertDismissed)] == ["Alert a"]


async def test_when_only_those_that_ended_are_left_it_is_resolved(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    await quiet.source.ring(ended("b", 121, until=122))

    await dismiss(quiet, quiet.episodes()[0])

    assert quiet.source.incident().state is State.RESOLVED


async def test_what_people_declared_stays_when_its_alert_leaves(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121))
    [episode] = quiet.episodes()
    other = await quiet.bus.execute(
        DeclareIncident(caller=quiet.carol, title="Wider", severity="high")
    )
    await quiet.bus.execute(
        AttachAlert(caller=quiet.carol, alert_id=episode.id, incident_id=other.id)
    )

    await dismiss(quiet, episode)

    assert quiet.source.rows.incidents[other.id].state is State.OPEN


async def test_dismissing_twice_is_once(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121))

    first = await dismiss(quiet, quiet.episodes()[0])
    told = len(events(quiet))

    assert await dismiss(quiet, first) == first
    assert len(events(quiet)) == told


async def test_what_was_dismissed_calls_nobody_until_it_starts_anew(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121))
    await dismiss(quiet, quiet.episodes()[0])

    repeated = await quiet.source.ring(firing("a", 121))
    await quiet.source.ring(ended("a", 121, until=122))
    await quiet.source.ring(firing("a", 123))

    assert repeated == ()
    assert [one.fate for one in quiet.episodes()] == [Fate.DISMISSED, Fate.DECLARED]


async def test_in_an_incident_that_is_over_it_stays(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    incident = quiet.source.incident()
    await quiet.bus.execute(ResolveIncident(caller=quiet.carol, incident_id=incident.id))

    for act in (dismiss, split):
        with pytest.raises(IllegalTransition, match="INC-1 is resolved; its alerts stay in it"):
            await act(quiet, quiet.episodes()[0])


async def test_an_alert_gets_an_incident_of_its_own_and_so_does_its_group(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121, summary="Disk full"))
    before = quiet.source.incident()

    incident = await split(quiet, quiet.episodes()[1])
    await quiet.source.ring(firing("c", 122))

    left, moved, later = quiet.episodes()
    assert (incident.title, incident.reference) == ("Disk full", "INC-2")
    assert (left.incident_id, moved.incident_id) == (before.id, incident.id)
    assert (moved.fate, moved.fate_note) == (Fate.SPLIT, "by Carol Cook")
    assert later.incident_id == incident.id
    [event] = [one for one in events(quiet) if isinstance(one, AlertSplit)]
    assert (event.incident_id, event.name, event.other) == (before.id, "Disk full", "INC-2")


async def test_what_was_split_off_and_starts_anew_stays_where_it_is(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    incident = await split(quiet, quiet.episodes()[1])

    await quiet.source.ring(firing("a", 122), firing("b", 122))

    assert [one.incident_id == incident.id for one in quiet.episodes()] == [
        False,
        True,
        False,
        True,
    ]
    assert quiet.source.told()[-2:] == ["IncidentDeclared", "AlertSplit"]


async def test_an_incident_that_only_lost_what_fired_is_over(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    await quiet.source.ring(ended("a", 121, until=122))

    await split(quiet, quiet.episodes()[1])

    assert [one.state for one in quiet.source.incidents()] == [State.RESOLVED, State.OPEN]


async def test_the_only_alert_of_an_incident_cannot_be_split_off(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121))

    with pytest.raises(IllegalTransition, match="the only alert of INC-1"):
        await split(quiet, quiet.episodes()[0])


async def test_what_has_ended_cannot_be_split_off(quiet: Quiet) -> None:
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    await quiet.source.ring(ended("a", 121, until=122))

    with pytest.raises(IllegalTransition, match="has ended"):
        await split(quiet, quiet.episodes()[0])


async def test_what_calls_nobody_can_be_made_an_incident(quiet: Quiet) -> None:
    await rule(quiet, routing="drop", reason="Noise")
    await quiet.source.ring(firing("a", 121))

    await split(quiet, quiet.episodes()[0])

    assert fates(quiet) == {"a": Fate.SPLIT}
    assert titles(quiet) == ["Alert a"]
