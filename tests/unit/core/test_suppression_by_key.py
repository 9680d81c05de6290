"""Suppressed alerts that a key names or a hand touches, and incidents that a person declares."""

from dataclasses import replace

import pytest

from core.bus import CommandBus
from core.commands import (
    AttachAlert,
    DeclareIncident,
    ResolveAlert,
)
from core.domain.alert import Alert, AlertStatus, Dating
from core.domain.state import State
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing
from tests.unit.core.quiet import Quiet


@pytest.fixture
async def quiet(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Quiet:
    return await Quiet(store, bus, clock).begin()


def _says(status: AlertStatus, at: float, dating: Dating = Dating.NONE) -> Alert:
    """A statement of a source that names an alert by a key alone."""
    return replace(firing("a", at, group="a"), status=status, dating=dating)


@pytest.mark.parametrize("dating", [Dating.NONE, Dating.MOMENT])
async def test_a_key_that_is_triggered_again_in_the_window_is_the_same_alert(
    quiet: Quiet, dating: Dating
) -> None:
    window = await quiet.window()

    await quiet.source.ring(_says(AlertStatus.FIRING, 121, dating))
    await quiet.source.ring(_says(AlertStatus.FIRING, 122, dating))

    [episode] = quiet.episodes()
    assert episode.suppressed_by == window.id


@pytest.mark.parametrize("dating", [Dating.NONE, Dating.MOMENT])
async def test_a_key_that_is_resolved_in_the_window_has_just_ended(
    quiet: Quiet, dating: Dating
) -> None:
    window = await quiet.window()
    await quiet.source.ring(_says(AlertStatus.FIRING, 121, dating))

    await quiet.source.ring(_says(AlertStatus.RESOLVED, 122, dating))
    await quiet.source.ring(_says(AlertStatus.FIRING, 123, dating))
    again = quiet.suppressed()
    await quiet.source.ring(_says(AlertStatus.RESOLVED, 124, dating))
    await quiet.end(window)

    assert again == ["a"]
    assert len(quiet.episodes()) == 2
    assert quiet.source.incidents() == []


async def test_acknowledging_what_is_suppressed_is_kept_and_calls_nobody(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(_says(AlertStatus.FIRING, 121))
    before = quiet.episodes()

    touched = await quiet.source.ring(_says(AlertStatus.ACKNOWLEDGED, 122))
    taken = quiet.episodes()
    await quiet.end(window)
    await quiet.source.ring(_says(AlertStatus.ACKNOWLEDGED, 123))

    known = [replace(one, acknowledged_at=None) for one in taken]
    assert (touched, known) == ((), before)
    assert all(one.acknowledged_at for one in taken)
    assert quiet.source.incident().state is State.ACKNOWLEDGED


async def test_a_key_whose_incident_is_over_is_new_and_suppressed(quiet: Quiet) -> None:
    await quiet.source.ring(_says(AlertStatus.FIRING, 110))
    await quiet.source.resolve_by_hand()
    await quiet.window()

    await quiet.source.ring(_says(AlertStatus.FIRING, 121))

    assert [e.suppressed for e in quiet.episodes()] == [False, True]
    assert quiet.source.incident().state is State.RESOLVED


async def test_resolving_a_suppressed_alert_by_hand_ends_it(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121))
    [episode] = quiet.episodes()

    await quiet.bus.execute(ResolveAlert(caller=quiet.carol, alert_id=episode.id))
    await quiet.end(window)

    assert not quiet.episodes()[0].firing
    assert quiet.source.incidents() == []


async def test_a_suppressed_alert_that_is_attached_by_hand_is_not_raised(quiet: Quiet) -> None:
    window = await quiet.window()
    await quiet.source.ring(firing("a", 121), firing("b", 121))
    first, _ = quiet.episodes()
    wider = await quiet.bus.execute(
        DeclareIncident(caller=quiet.carol, title="Wider", severity="high")
    )

    await quiet.bus.execute(
        AttachAlert(caller=quiet.carol, alert_id=first.id, incident_id=wider.id)
    )
    left = quiet.suppressed()
    await quiet.end(window)

    attached, raised = quiet.episodes()
    assert left == ["b"]
    assert (attached.incident_id, attached.suppressed_by) == (wider.id, window.id)
    assert raised.incident_id != wider.id
    assert (quiet.ending(window).suppressed, quiet.ending(window).firing) == (2, 1)


async def test_an_incident_declared_by_hand_in_the_window_is_declared(quiet: Quiet) -> None:
    window = await quiet.window()

    incident = await quiet.bus.execute(
        DeclareIncident(
            caller=quiet.carol, title="By hand", severity="high", service_ids=(quiet.service.id,)
        )
    )

    card = await quiet.store.reads.card(quiet.source.organization_id, incident.id)
    assert [(note.reference, note.running) for note in card.windows] == [(window.reference, True)]
