"""Followers and the digest are told of what happens, where there are any, on every storage."""

import pytest

from core.bus import CommandBus
from core.commands import AcknowledgeIncident, DeclareIncident
from core.commands.settings import EditIncidentSettings
from core.commands.subscriptions import Follow
from core.domain.subscription import Followed
from core.effects import TellSubscribers
from core.reactions import effects_of
from storage.opening import open_storage
from tests.contract.conftest import FAKE
from tests.fakes.moment import FakeClock, FakeIds
from tests.fakes.people import the_operator
from tests.fakes.store import FakeStore


@pytest.mark.parametrize("what", ["nothing", "subscription", "digest"])
async def test_they_are_told_where_there_are_any(
    url: str, what: str, clock: FakeClock, new_id: FakeIds
) -> None:
    storage = (
        FakeStore(clock=clock, new_id=new_id)
        if url == FAKE
        else await open_storage(
            url,
            clock=clock,
            new_id=new_id,
            on_effects=lambda: None,
            react=lambda _, event, entry_id: effects_of(event, entry_id),
        )
    )
    try:
        organization = await storage.directory.ensure_organization("default", "Default")
        bus, operator = CommandBus(storage.transactions, clock), the_operator(organization.id)
        declare = DeclareIncident(caller=operator, title="Slow", severity="high")
        incident = await bus.execute(declare)
        if what == "subscription":
            high = Follow(
                caller=operator, followed=Followed.SEVERITY, subject="high", follower="U1"
            )
            await bus.execute(high)
        if what == "digest":
            await bus.execute(EditIncidentSettings(caller=operator, digest_channel="digest"))

        await bus.execute(AcknowledgeIncident(caller=operator, incident_id=incident.id))

        parcels = await storage.outbox.claim(100, clock())
        told = [one for one in parcels if isinstance(one.effect, TellSubscribers)]
        assert len(told) == (0 if what == "nothing" else 1)
    finally:
        await storage.close()
