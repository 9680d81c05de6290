"""Alerts of private incidents: whoever may not know of one neither moves it nor reads of it."""

from dataclasses import dataclass
from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import AttachAlert, Command, DeclareIncident, ResolveAlert, ResolveIncident
from core.commands import alerting as a
from core.commands.together import ChangeMembers, MergeIncident
from core.domain.account import Role
from core.domain.actor import Caller
from core.domain.alert import Episode
from core.domain.events import AlertSplit
from core.domain.incident import Incident
from core.errors import NotPermitted
from tests.fakes.moment import FakeClock
from tests.fakes.people import hire
from tests.fakes.store import FakeStore
from tests.unit.core.alerts import firing
from tests.unit.core.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An alert whose incident is private; Bob is its only member, Dora is none."""

    source: Source
    bus: CommandBus
    bob: Caller
    dora: Caller

    @property
    def alert(self) -> Episode:
        [*_, last] = self.source.rows.episodes.values()
        return last

    @property
    def acts(self) -> list[Command[Any]]:
        about: dict[str, Any] = {"caller": self.dora, "alert_id": self.alert.id}
        return [
            ResolveAlert(**about),
            a.DismissAlert(**about),
            a.SplitAlert(**about),
            a.SilenceAlert(**about, seconds=600),
        ]

    async def declares(self, caller: Caller, **more: Any) -> Incident:
        wish = DeclareIncident(caller=caller, title="Wider", severity="high", **more)
        return await self.bus.execute(wish)


@pytest.fixture
async def scene(store: FakeStore, bus: CommandBus, clock: FakeClock) -> Scene:
    clock.advance(hours=2)
    source = await Source(store, bus, clock).configured()
    organization_id = source.organization_id
    bob = await hire(bus, organization_id, "Bob Baker", Role.ENGINEER)
    dora = await hire(bus, organization_id, "Dora Dean", Role.ENGINEER)
    await source.ring(firing("a"))
    await bus.execute(ChangeMembers(caller=bob, incident_id=source.incident().id, private=True))
    return Scene(source=source, bus=bus, bob=bob, dora=dora)


async def test_who_is_no_member_does_nothing_with_its_alerts_and_reads_no_reference(
    scene: Scene,
) -> None:
    alert, incident = scene.alert, scene.source.incident()
    theirs = await scene.declares(scene.dora)
    attach = AttachAlert(caller=scene.dora, alert_id=alert.id, incident_id=theirs.id)

    for act in (*scene.acts, attach):
        with pytest.raises(NotPermitted) as refused:
            await scene.bus.execute(act)

        assert str(refused.value) == "This alert is for others to change; you may not."
    assert scene.alert == alert
    assert scene.source.incidents()[0] == incident


async def test_of_one_that_is_over_nobody_else_learns_the_state(scene: Scene) -> None:
    incident = scene.source.incident()
    await scene.bus.execute(ResolveIncident(caller=scene.bob, incident_id=incident.id))

    for act in scene.acts:
        with pytest.raises(NotPermitted) as refused:
            await scene.bus.execute(act)

        assert incident.reference not in str(refused.value)


async def test_its_members_do_with_its_alerts_what_they_like(scene: Scene) -> None:
    dismissed = await scene.bus.execute(a.DismissAlert(caller=scene.bob, alert_id=scene.alert.id))

    assert dismissed.incident_id is None


async def test_a_public_incident_does_not_say_into_which_private_one_its_alert_went(
    scene: Scene, bus: CommandBus
) -> None:
    secret = scene.source.incident()
    await scene.source.ring(firing("z", group="z"))
    public = scene.source.incidents()[-1]

    await bus.execute(AttachAlert(caller=scene.bob, alert_id=scene.alert.id, incident_id=secret.id))

    told = [
        one
        for one in scene.source.rows.timeline
        if getattr(one.event, "incident_id", "") == public.id
    ]
    splits = [one.event for one in told if isinstance(one.event, AlertSplit)]
    assert [one.other for one in splits] == [""]
    assert secret.reference not in repr(told)


async def test_alerts_do_not_say_which_private_incident_was_merged_into_theirs(
    scene: Scene,
) -> None:
    gone = scene.source.incident()
    stays = await scene.declares(scene.bob, private=True)

    await scene.bus.execute(MergeIncident(caller=scene.bob, incident_id=gone.id, into_id=stays.id))

    assert scene.alert.incident_id == stays.id
    assert scene.alert.fate_note == "when another incident was merged into it"
