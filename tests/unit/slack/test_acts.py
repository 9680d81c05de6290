"""What whoever acted on an incident hears: what became of it, by whom, when, what is left."""

import pytest

from bot.slack.acts import Acts, Outcome
from bot.slack.gesture import Person
from core import commands as c
from core.bus import CommandBus
from core.commands.together import ChangeMembers, MergeIncident
from core.domain.actor import Caller
from core.domain.incident import Incident
from tests.fakes.moment import FakeClock
from tests.fakes.store import FakeStore
from tests.unit.slack.test_zones import Slack, a_gesture


@pytest.fixture
def acts(bus: CommandBus, store: FakeStore, clock: FakeClock) -> Acts:
    return Acts(bus, store.reads, clock)


def a_person(caller: Caller) -> Person:
    return Person(gesture=a_gesture(Slack("UTC")), caller=caller)


async def declared(bus: CommandBus, caller: Caller, title: str = "Checkout fails") -> Incident:
    return await bus.execute(c.DeclareIncident(caller=caller, title=title, severity="high"))


async def test_whoever_acknowledged_it_long_before_hears_when(
    acts: Acts, bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    incident = await declared(bus, alice)
    await bus.execute(c.AcknowledgeIncident(caller=alice, incident_id=incident.id))
    clock.advance(minutes=5)

    outcome = await acts.acknowledge(a_person(alice), incident.id)

    assert outcome.sentence == "You acknowledged INC-1 already, 5 min ago."
    assert outcome.late


async def test_who_acknowledges_what_somebody_else_did_hears_who_and_when(
    acts: Acts, bus: CommandBus, clock: FakeClock, alice: Caller, bob: Caller
) -> None:
    incident = await declared(bus, alice)
    await bus.execute(c.AcknowledgeIncident(caller=bob, incident_id=incident.id))
    clock.advance(minutes=5)

    outcome = await acts.acknowledge(a_person(alice), incident.id)

    assert outcome == Outcome(sentence="INC-1 was acknowledged by Bob Baker 5 min ago.", late=True)


async def test_words_to_what_was_resolved_before_are_not_lost_silently(
    acts: Acts, bus: CommandBus, clock: FakeClock, alice: Caller
) -> None:
    incident = await declared(bus, alice)
    await bus.execute(c.ResolveIncident(caller=alice, incident_id=incident.id, summary="Rebooted."))
    clock.advance(minutes=5)

    outcome = await acts.resolve(a_person(alice), incident.id, "again")

    assert outcome.sentence == (
        "You resolved INC-1 already, 5 min ago. What you wrote now was not kept; "
        "“/incident note INC-1” adds it to the timeline."
    )


async def test_whoever_resolves_it_hears_of_every_task_that_is_open(
    acts: Acts, bus: CommandBus, alice: Caller
) -> None:
    incident = await declared(bus, alice)
    for title in ("Call the provider", "Raise the limit"):
        await bus.execute(c.AddFollowUp(caller=alice, incident_id=incident.id, title=title))
    left = (c.LeftUndone(title="Write a check"),)

    outcome = await acts.resolve(a_person(alice), incident.id, "Rebooted.", follow_ups=left)

    assert outcome.sentence == (
        "You resolved INC-1. 3 tasks are still open; “/incident tasks INC-1” shows them."
    )


@pytest.mark.parametrize("act", ["acknowledge", "reopen", "resolve", "cancel"])
async def test_what_was_merged_goes_on_elsewhere_whatever_is_done_to_it(
    acts: Acts, bus: CommandBus, alice: Caller, act: str
) -> None:
    gone, stays = await declared(bus, alice), await declared(bus, alice, "Search fails")
    await bus.execute(MergeIncident(caller=alice, incident_id=gone.id, into_id=stays.id))
    more = ("Done",) if act == "cancel" else ()

    outcome = await getattr(acts, act)(a_person(alice), gone.id, *more)

    assert outcome.late
    assert outcome.sentence == (
        "INC-1 was merged into INC-2, where it goes on; “/incident show INC-2” shows it."
    )


async def test_where_a_merged_one_goes_on_is_not_told_to_whoever_may_not_know(
    acts: Acts, bus: CommandBus, store: FakeStore, alice: Caller, bob: Caller
) -> None:
    gone, stays = await declared(bus, alice), await declared(bus, alice, "Search fails")
    await bus.execute(MergeIncident(caller=alice, incident_id=gone.id, into_id=stays.id))
    await bus.execute(ChangeMembers(caller=alice, incident_id=stays.id, private=True))

    outcome = await acts.acknowledge(a_person(bob), gone.id)

    assert outcome.sentence == "INC-1 was merged into another incident, where it goes on."
