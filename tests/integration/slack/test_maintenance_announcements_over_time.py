"""What Slack shows of series, of alerts during a window, and of an outage of Slack itself."""

from dataclasses import replace
from datetime import timedelta

from core.commands import CreateIntegration, DeclareIncident, SkipOccurrence, TriageAlerts
from core.domain.alert import Alert, AlertDelivery
from core.domain.ids import ServiceId
from core.ports import RawDelivery
from tests.fakes.people import the_operator, the_source
from tests.integration.slack.announced import (
    HOUR,
    TITLE,
    a_planner,
    a_service,
    broadcasts,
    card,
    cards,
    scheduled,
    thread,
)
from tests.integration.slack.stage import Stage
from tests.unit.core.alerts import firing

DAY = timedelta(days=1)


async def rings(stage: Stage, service_id: ServiceId, *alerts: Alert) -> None:
    """Alerts of a source of the service."""
    integration = await stage.bus.execute(
        CreateIntegration(
            caller=the_operator(stage.organization_id),
            source="alertmanager",
            name="Alertmanager",
            token_hash=f"hash of {alerts[0].status}",
            service_id=service_id,
        )
    )
    raw = RawDelivery(
        organization_id=stage.organization_id,
        integration_id=integration.id,
        body=b"{}",
        received_at=stage.clock(),
    )
    await stage.store.inbox.store(raw)
    [*_, delivery] = await stage.store.inbox.pending(1_000_000)
    await stage.bus.execute(
        TriageAlerts(
            caller=the_source(stage.organization_id),
            integration_id=integration.id,
            deliveries=(AlertDelivery(id=delivery.id, alerts=alerts),),
        )
    )


def since_now(stage: Stage, alert: Alert) -> Alert:
    return replace(alert, starts_at=stage.clock())


async def test_alerts_that_outlive_the_window_are_told_with_their_incidents(stage: Stage) -> None:
    checkout = await a_service(stage, "Checkout")
    await scheduled(stage, service_ids=(checkout,))
    await stage.passes(2 * HOUR)
    await rings(stage, checkout, since_now(stage, firing("a")), since_now(stage, firing("b")))
    suppressed = [room.name for room in await stage.sandbox.channels() if room.name[:4] == "inc-"]

    await stage.passes(HOUR)

    _, completed, raised = await thread(await stage.room("incidents"))
    assert suppressed == []
    assert completed.endswith("2 alerts were suppressed; 2 still fire and are raised now.")
    assert raised == f"2 alerts outlived MNT-1 “{TITLE}”: see INC-1."
    words = (await stage.card(await stage.room("inc-"))).words
    assert f"🛠️ During maintenance MNT-1 “{TITLE}”, which ended " in words
    assert "*Suppressed alerts*\n2" in (await card(await stage.room("incidents"))).words


async def test_while_it_runs_the_suppressed_alerts_are_there_to_see(stage: Stage) -> None:
    checkout = await a_service(stage, "Checkout")
    await scheduled(stage, service_ids=(checkout,))
    await stage.passes(2 * HOUR)
    await rings(stage, checkout, since_now(stage, firing("a")), since_now(stage, firing("b")))
    incidents = await stage.room("incidents")

    await stage.alice.types(incidents, "/maintenance show MNT-1")
    await stage.alice.types(incidents, "/maintenance update Two shards are down")
    await stage.settled()

    counted = "*Suppressed alerts*\n2 so far, 2 still firing ("
    assert counted in (await stage.alice.ephemeral(incidents, "Database")).words
    assert counted in (await card(incidents)).words


async def test_a_window_without_alerts_says_nothing_of_them(stage: Stage) -> None:
    await scheduled(stage, service_ids=(await a_service(stage, "Checkout"),))

    await stage.passes(2 * HOUR)
    await stage.passes(HOUR)

    assert "alert" not in " ".join(await thread(await stage.room("incidents")))


async def test_an_incident_declared_by_hand_names_the_window(stage: Stage) -> None:
    checkout = await a_service(stage, "Checkout")
    await scheduled(stage, service_ids=(checkout,))
    await stage.passes(2 * HOUR)

    await stage.bus.execute(
        DeclareIncident(
            caller=a_planner(stage), title="Slow", severity="high", service_ids=(checkout,)
        )
    )
    await stage.settled()

    named = f"🛠️ During maintenance MNT-1 “{TITLE}”, until "
    assert named in (await stage.card(await stage.room("inc-"))).words
    assert named in (await stage.announcement("INC-1")).words


async def test_each_occurrence_has_a_card_of_its_own(stage: Stage) -> None:
    await scheduled(stage, recurrence="FREQ=DAILY")
    incidents = await stage.room("incidents")

    await stage.passes(2 * HOUR)
    await stage.passes(HOUR)
    await stage.passes(DAY - HOUR)

    first, second, third = [one.text.split(" ")[0] for one in await cards(incidents)]
    assert (first, second, third) == ("MNT-1", "MNT-2", "MNT-3")
    assert "every day" in (await cards(incidents))[1].words
    started = [line for line in await broadcasts(incidents) if "has started." in line]
    assert len(started) == 2


async def test_occurrences_that_passed_without_tocsin_are_counted_below_the_next_card(
    stage: Stage,
) -> None:
    await scheduled(stage, recurrence="FREQ=DAILY")
    incidents = await stage.room("incidents")

    await stage.passes(4 * DAY)

    [following] = await cards(incidents, "MNT-2")
    [line] = [reply.text for reply in await incidents.thread(following)]
    assert line == (
        f"3 occurrences between MNT-1 and MNT-2 “{TITLE}” passed while Tocsin was not running."
    )


async def test_a_skipped_occurrence_is_told_and_the_next_one_shown(stage: Stage) -> None:
    window = await scheduled(stage, recurrence="FREQ=DAILY")
    incidents = await stage.room("incidents")

    await stage.bus.execute(SkipOccurrence(caller=a_planner(stage), maintenance_id=window.id))
    await stage.settled()

    assert await broadcasts(incidents) == [
        f"Paula Planner skipped this occurrence of MNT-1 “{TITLE}”."
    ]
    assert len(await cards(incidents, "MNT-2")) == 1


async def test_what_slack_missed_is_told_as_far_as_it_is_of_use(stage: Stage) -> None:
    """Slack is away from the reminder until after the start."""
    await scheduled(stage)
    await stage.sandbox.fault("chat.update", "status", times=0)
    for _ in range(2):
        stage.clock.ahead += HOUR
        await stage.windows.catch_up()

    await stage.sandbox.clear_faults()
    await stage.settled()

    [line] = await thread(await stage.room("incidents"))
    assert line.startswith(f"MNT-1 “{TITLE}” has started.")
