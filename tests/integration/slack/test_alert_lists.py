"""Alerts as one person leafs through them, the App Home, and lines about sources."""

from datetime import timedelta
from typing import Any

import pytest

from core.commands.alerting import AddSilence
from core.domain.actor import Actor, Surface
from core.domain.events import AlertsNotified, IntegrationQuiet
from core.domain.silence import Silence
from core.ports import RecordQuery, UnitOfWork
from sandbox.conversation.room import Room
from tests.fakes.people import the_operator
from tests.integration.slack.alerting import Ringer, a_source, an_alert, its_channel, its_end
from tests.integration.slack.stage import Stage, now

BY = Actor(surface=Surface.SCHEDULER, name="Tocsin")


@pytest.fixture
async def source(stage: Stage) -> Ringer:
    return await a_source(stage)


@pytest.fixture
async def general(stage: Stage) -> Room:
    return await stage.room("general")


def names(words: str) -> list[str]:
    """Of the alerts that are listed, in their order."""
    return [line.split("*")[1] for line in words.splitlines() if line[:1] in "🔥✅" and "*" in line]


async def test_the_alerts_of_an_incident_are_leafed_through(
    stage: Stage, source: Ringer, general: Room
) -> None:
    since = stage.clock()
    alerts = [
        an_alert(stage, f"Disk {n:02}", starts_at=since - timedelta(minutes=n)) for n in range(15)
    ]
    await source.rings(*alerts)
    await stage.settled()
    await stage.bob.types(general, "/incident alerts INC-1")
    first = await stage.bob.ephemeral(general, "INC-1 has 15 alerts, all firing; newest first.")

    await stage.bob.clicks(first, "Older")
    second = await stage.bob.ephemeral(general, "Disk 14")

    assert names(first.words) == [f"Disk {n:02}" for n in range(10)]
    assert first.buttons == ["Older"]
    assert names(second.words) == [f"Disk {n:02}" for n in range(10, 15)]
    assert second.buttons == ["Newest"]


async def test_the_only_alert_of_a_list_is_silenced_by_its_button(
    stage: Stage, source: Ringer, general: Room
) -> None:
    await source.rings(an_alert(stage, "High latency"))
    await stage.settled()
    await stage.bob.types(general, "/incident alerts INC-1")
    shown = await stage.bob.ephemeral(general, "INC-1 has 1 alert, firing; newest first.")

    await stage.bob.clicks(shown, "alert.act.silence")

    assert "↳ INC-1 was declared for it" in shown.words
    assert shown.buttons == ["Not an incident", "Silence 1 h"]
    assert await stage.bob.ephemeral(general, "Alerts like “High latency” call nobody until 20")
    page = await stage.store.reads.records(stage.organization_id, Silence, RecordQuery())
    assert [silence.by for silence in page.rows] == ["Bob Brook"]


async def test_in_its_channel_an_incident_need_not_be_named(stage: Stage, source: Ringer) -> None:
    over = an_alert(stage, "Disk full")
    await source.rings(an_alert(stage, "High latency"), over)
    await source.rings(its_end(stage, over))
    await stage.settled()
    room = await its_channel(stage)
    await stage.bob.joins(room)

    await stage.bob.types(room, "/incident alerts firing")

    answer = await stage.bob.ephemeral(room, "INC-1 has 2 alerts, 1 of them firing")
    assert names(answer.words) == ["High latency"]


async def test_what_is_done_from_a_list_of_ones_own_is_answered_in_its_place(
    stage: Stage, source: Ringer, general: Room
) -> None:
    await source.rings(an_alert(stage, "High latency"), an_alert(stage, "Disk full"))
    await stage.settled()
    await stage.bob.types(general, "/incident alerts INC-1")
    answer = await stage.bob.ephemeral(general, "INC-1 has 2 alerts, all firing")

    await stage.bob.clicks(answer, "Not an incident")
    said = await stage.bob.ephemeral(general, "is no incident.")
    await stage.bob.clicks(said, "Back to the alerts")

    assert await stage.bob.ephemeral(general, "INC-1 has 1 alert, firing")
    await stage.settled()


async def test_an_incident_without_alerts_says_so(stage: Stage, general: Room) -> None:
    await stage.declares("Search is slow")

    await stage.bob.types(general, "/incident alerts INC-1")

    assert await stage.bob.ephemeral(general, "INC-1 has no alerts to show.")


async def a_silence(stage: Stage, minutes: int = 60) -> None:
    await stage.bus.execute(
        AddSilence(
            caller=the_operator(stage.organization_id),
            matchers=('team="payments"',),
            ends_at=stage.clock() + timedelta(minutes=minutes),
            reason="The bank is away.",
        )
    )


async def test_the_home_shows_silences_and_ends_them(stage: Stage) -> None:
    await a_silence(stage)
    home = await stage.alice.home("The bank is away.")

    await home.clicks("End now")

    told = await home.containing("The silence “The bank is away.” is over.")
    assert "🔕 Silenced" not in told.words
    await stage.settled()


async def test_the_home_names_sources_that_have_gone_quiet(stage: Stage) -> None:
    stage.clock.ahead -= timedelta(minutes=2)
    await a_source(stage, "Prometheus", quiet_after=60)

    assert await stage.alice.home("🦗 *Prometheus* has said nothing since ")
    await stage.settled()


async def happens(source: Ringer, kind: type[IntegrationQuiet | AlertsNotified], **f: Any) -> None:
    """As if the core had found out; it is told of at once."""
    stage = source.stage
    at = f.pop("at", None) or now()
    event = kind(by=BY, at=at, integration_id=source.id, name="Prometheus", **f)

    async def write(uow: UnitOfWork) -> None:
        await uow.integrations.save(await uow.integrations.get(source.id), because=event)

    await stage.store.transactions.run(stage.organization_id, write)
    await stage.settled()


async def notifies(source: Ringer, name: str, channel: str = "general", **f: Any) -> None:
    told = {"rule": "Staging", "channel": channel, "count": 1, "names": (name,)}
    await happens(source, AlertsNotified, **told, **f)


async def test_a_source_that_has_gone_quiet_is_flagged_where_incidents_are_announced(
    stage: Stage, source: Ringer
) -> None:
    await happens(source, IntegrationQuiet, since=now())

    incidents = await stage.room("incidents")
    assert await incidents.message("🦗 The alert source Prometheus has said nothing since <!date^")


async def test_a_rule_has_alerts_told_in_its_channel_alone(
    stage: Stage, source: Ringer, general: Room
) -> None:
    await notifies(source, "Disk full")

    assert await general.message(
        "🔔 The alert Disk full of Prometheus: told here only, as the rule “Staging” says."
    )
    assert await (await stage.room("incidents")).messages() == []


async def test_where_the_channel_of_a_rule_is_gone_incidents_are_announced_says_so(
    stage: Stage, source: Ringer
) -> None:
    await notifies(source, "Disk full", channel="no-such-channel")

    told = await (await stage.room("incidents")).message("The alert Disk full of Prometheus")
    assert "the rule “Staging” names the channel #no-such-channel, which Tocsin" in told.words
    assert "TOCSIN_ANNOUNCEMENT_CHANNEL" not in told.words


async def test_a_flood_of_such_alerts_is_told_of_for_a_while_and_then_no_more(
    source: Ringer, general: Room
) -> None:
    for number in range(12):
        await notifies(source, f"Disk {number:02}")

    told = [card for card in await general.messages() if "told here only" in card.words]
    assert len(told) == 10
    last = str(told[-1].wire["blocks"])
    assert "nothing more of this rule is told here before <!date^" in last


async def test_what_is_old_is_not_told_any_more(source: Ringer, general: Room) -> None:
    await notifies(source, "Disk full", at=now() - timedelta(minutes=11))

    assert [card for card in await general.messages() if "told here only" in card.words] == []


@pytest.mark.parametrize("fault", ["lost_reply", "reset"])
async def test_a_lost_answer_is_no_second_line(
    stage: Stage, source: Ringer, general: Room, fault: str
) -> None:
    await stage.sandbox.fault("chat.postMessage", fault)

    await notifies(source, "Disk full")

    assert ("PostAlertNotice", "postponed") in stage.outcomes
    told = [card for card in await general.messages() if "told here only" in card.words]
    assert len(told) == 1
