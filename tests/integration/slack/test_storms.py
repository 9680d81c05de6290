"""A storm while Slack is away, and what is to be seen when it is back: the truth, in order."""

from datetime import timedelta
from pathlib import Path

from bot.slack.views.alerts import counted
from core.commands import AcknowledgeIncident
from core.domain.alert import Alert, Fingerprint, GroupKey
from core.domain.ids import IncidentId
from core.domain.state import State
from core.views import IncidentCard, IncidentQuery
from sandbox.conversation.card import Card
from sandbox.server import Sandbox
from tests.fakes.people import a_caller
from tests.integration.slack.alerting import (
    Ringer,
    a_source,
    an_alert,
    its_channel,
    its_end,
    listed,
)
from tests.integration.slack.stage import MANIFEST, Stage, behind

MINUTES, GROUPS, IN_EACH = 10, 20, 10
"""So long Slack is away, and so much begins in each minute."""

LIMIT = 3
"""Incidents of their own; all the rest is one more."""


async def rages(stage: Stage, source: Ringer, minute: int, groups: int) -> None:
    """New groups of alerts, one after the other; a minute later one of each ends."""
    begun = [[_alert(stage, minute, group, n) for n in range(IN_EACH)] for group in range(groups)]
    for alerts in begun:
        await source.rings(*alerts)
    stage.clock.ahead += timedelta(minutes=1)
    await source.rings(*(its_end(stage, alerts[0]) for alerts in begun))


def _alert(stage: Stage, minute: int, group: int, number: int) -> Alert:
    key = f"{minute}-{group}"
    return an_alert(
        stage,
        f"Disk {number} of rack {key}",
        fingerprint=Fingerprint(f"{key}-{number}"),
        group=GroupKey(key),
        group_title=f"Rack {key}",
        starts_at=stage.clock(),
    )


async def takes(stage: Stage, id: IncidentId) -> None:
    """Somebody takes care of it, elsewhere than in Slack."""
    caller = a_caller(stage.organization_id, name="Paula Planner")
    await stage.bus.execute(AcknowledgeIncident(caller=caller, incident_id=id))


async def happens_without_slack(stage: Stage, *, ago: timedelta, groups: int = GROUPS) -> None:
    """Ten minutes of it. The first incident is taken, and gets more alerts now and then."""
    stage.clock.ahead -= ago
    source = await a_source(stage, storm_limit=LIMIT)
    await stage.sandbox.fault("*", "status", times=0)
    first, *_ = await source.rings(an_alert(stage, "High latency"))
    await takes(stage, first)
    for minute in range(MINUTES):
        stage.clock.ahead += timedelta(seconds=5)
        if minute % 4 == 0:
            await source.rings(an_alert(stage, f"Queue {minute} is full", starts_at=stage.clock()))
        await rages(stage, source, minute, groups)
    stage.clock.ahead = timedelta()


async def all_of_them(stage: Stage) -> list[IncidentCard]:
    """As they are in truth, oldest first."""
    query = IncidentQuery(states=frozenset(State), limit=100)
    page = await stage.store.reads.incidents(stage.organization_id, query)
    cards = [await stage.store.reads.card(stage.organization_id, row.id) for row in page.rows]
    return sorted(cards, key=lambda card: card.incident.number)


async def announcements(stage: Stage) -> list[str]:
    messages = await (await stage.room("incidents")).messages()
    return [card.text.split()[0] for card in messages if card.text.startswith("INC-")]


async def shown_of(stage: Stage, card: IncidentCard) -> list[Card]:
    """The card and the list of alerts in the channel of an incident."""
    room = await its_channel(stage, card.incident.reference)
    pinned = await stage.card(room)
    return [pinned, *await listed(room, pinned)]


async def notices(stage: Stage) -> list[str]:
    """What was said in the channel of the first incident, in order."""
    room = await its_channel(stage)
    icons = ("👀", "🔔")
    return [card.text for card in await room.messages() if card.text.startswith(icons)]


def is_true(card: IncidentCard, shown: list[Card]) -> bool:
    """Of one incident: one card and one list, as things are."""
    pinned, only = shown
    firing = f"{card.firing} of {card.alerts} firing"
    said = f"{card.incident.reference} has {counted(card.alerts, card.firing)}."
    return firing in pinned.words and only.text == said


async def test_after_a_storm_without_slack_the_channels_show_the_truth(tmp_path: Path) -> None:
    async with Sandbox(MANIFEST) as world:
        async with behind(tmp_path, world) as stage:
            await happens_without_slack(stage, ago=timedelta(minutes=MINUTES + 1))
        await world.clear_faults()

        async with behind(tmp_path, world) as stage:
            await stage.settled()

            cards = await all_of_them(stage)
            announced = await announcements(stage)
            titles = [card.incident.title for card in cards]
            assert titles.count("Alert storm: Prometheus") == 1
            assert len(cards) <= LIMIT + 1
            assert sum(card.alerts for card in cards) == MINUTES * GROUPS * IN_EACH + 4
            assert all([is_true(card, await shown_of(stage, card)) for card in cards])
            assert sorted(announced) == [card.incident.reference for card in cards]
            said = await notices(stage)
            assert said[0] == "👀 Paula Planner acknowledged the incident."
            assert [text for text in said if "🔔" in text] == said[1:]


async def test_days_later_only_what_still_matters_is_said(tmp_path: Path) -> None:
    async with Sandbox(MANIFEST) as world:
        async with behind(tmp_path, world) as stage:
            await happens_without_slack(stage, ago=timedelta(days=2), groups=0)
        await world.clear_faults()

        async with behind(tmp_path, world) as stage:
            await stage.settled()

            [card] = await all_of_them(stage)
            assert is_true(card, await shown_of(stage, card))
            acknowledged, call = await notices(stage)
            assert acknowledged == "👀 Paula Planner acknowledged the incident."
            assert "Queue 8 is full" in call


async def test_what_began_while_nobody_could_tell_is_announced_in_order(tmp_path: Path) -> None:
    async with Sandbox(MANIFEST) as world:
        async with behind(tmp_path, world) as stage:
            await stage.relay.stop(0)
            source = await a_source(stage)
            for number in range(5):
                await source.rings(an_alert(stage, f"Disk {number}", group=GroupKey(str(number))))

        async with behind(tmp_path, world) as stage:
            await stage.settled()

            assert await announcements(stage) == ["INC-1", "INC-2", "INC-3", "INC-4", "INC-5"]
