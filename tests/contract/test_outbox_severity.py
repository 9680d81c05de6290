"""Channels are opened in the order of severity, whatever the order of declaring."""

from datetime import timedelta

from core.commands import ChangeSeverity
from core.domain.incident import Incident
from core.domain.severity import Severity
from core.effects import OpenChannel, RefreshAnnouncement
from tests.contract.house import House
from tests.fakes.moment import NOON
from tests.fakes.people import a_caller


async def waiting_for_channels(house: House, *severities: Severity) -> list[Incident]:
    """Declared one after the other, and announced."""
    incidents = [await house.declare(severity=severity) for severity in severities]
    for parcel in await house.claim():
        await house.outbox.settle(parcel)
    return incidents


async def claimed(house: House, limit: int = 16) -> list[str]:
    return [parcel.effect.subject_id for parcel in await house.claim(limit)]


async def test_the_worst_incident_gets_its_channel_first(house: House) -> None:
    low, high, critical, second = await waiting_for_channels(
        house, Severity.LOW, Severity.HIGH, Severity.CRITICAL, Severity.CRITICAL
    )

    order = await claimed(house)

    assert order == [critical.id, second.id, high.id, low.id]


async def test_the_severity_counts_that_it_has_now(house: House) -> None:
    first, second = await waiting_for_channels(house, Severity.HIGH, Severity.LOW)
    await house.bus.execute(
        ChangeSeverity(
            caller=a_caller(house.organization_id), incident_id=second.id, severity="critical"
        )
    )

    order = await claimed(house)

    assert order == [second.id, first.id]


async def test_channels_go_before_what_was_due_earlier(house: House) -> None:
    [waiting] = await waiting_for_channels(house, Severity.LOW)
    later = await house.declare(severity=Severity.CRITICAL, created_at=NOON - timedelta(hours=1))

    parcels = await house.claim()

    assert [parcel.effect for parcel in parcels] == [
        OpenChannel(incident_id=waiting.id),
        RefreshAnnouncement(incident_id=later.id),
    ]


async def test_nothing_is_claimed_twice_nor_beyond_the_limit(house: House) -> None:
    await waiting_for_channels(house, Severity.LOW, Severity.HIGH)
    await house.declare()

    first, second, third = [await claimed(house, limit=2) for _ in range(3)]

    assert (len(first), len(second), third) == (2, 1, [])
    assert not set(first) & set(second)


async def test_what_is_put_off_lets_the_less_severe_go(house: House) -> None:
    low, critical = await waiting_for_channels(house, Severity.LOW, Severity.CRITICAL)
    [worst] = await house.claim(limit=1)
    until = house.clock() + timedelta(seconds=30)
    await house.outbox.postpone(worst, until, "Slack limits.", doubtful=False, counted=False)

    now = await claimed(house)
    house.clock.now = until
    then = await claimed(house)

    assert worst.effect.subject_id == critical.id
    assert low.id in now
    assert critical.id in then
