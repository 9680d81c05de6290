"""Alerts as readers see them: filtered, newest first, page by page, with their incidents."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from core.domain.alert import AlertStatus, Episode, Fingerprint
from core.domain.ids import EpisodeId, IncidentId, IntegrationId
from core.errors import InvalidInput, NotFound
from core.ports import AlertQuery, UnitOfWork, Work
from tests.contract.house import ALICE, House
from tests.contract.samples import an_episode, an_integration
from tests.fakes.moment import NOON

MINUTE = timedelta(minutes=1)


@pytest.fixture
async def source(house: House) -> IntegrationId:
    return (await an_integration(house)).id


def _putting(episodes: Sequence[Episode]) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put(episodes)

    return work


def _deleting(id: IncidentId) -> Work[None]:
    async def work(uow: UnitOfWork) -> None:
        incident = await uow.incidents.get(id)
        deleted, event = incident.delete(by=ALICE, at=NOON)
        await uow.incidents.save(deleted, because=event)

    return work


async def _put(house: House, source: IntegrationId, count: int = 3) -> list[Episode]:
    """`a`, `b`, `c` … a minute apart; the newest is the last."""
    episodes = [
        an_episode(house, source, chr(ord("a") + n), starts_at=NOON + n * MINUTE)
        for n in range(count)
    ]
    await house.run(_putting(episodes))
    return episodes


async def _found(house: House, query: AlertQuery) -> list[Episode]:
    page = await house.storage.reads.alerts(house.organization_id, query)
    return [row.episode for row in page.rows]


async def test_the_newest_come_first(house: House, source: IntegrationId) -> None:
    episodes = await _put(house, source)

    assert await _found(house, AlertQuery()) == episodes[::-1]


async def test_pages_follow_each_other(house: House, source: IntegrationId) -> None:
    a, b, c = await _put(house, source)

    reads, ours = house.storage.reads, house.organization_id
    first = await reads.alerts(ours, AlertQuery(limit=2))
    second = await reads.alerts(ours, AlertQuery(limit=2, after=first.rows[-1].episode.id))

    assert ([row.episode for row in first.rows], first.more) == ([c, b], True)
    assert ([row.episode for row in second.rows], second.more) == ([a], False)


async def test_alerts_of_one_moment_are_all_listed_once(
    house: House, source: IntegrationId
) -> None:
    episodes = [an_episode(house, source, name) for name in "abcde"]
    await house.run(_putting(episodes))
    seen: list[EpisodeId] = []
    after: EpisodeId | None = None

    for _ in episodes:
        [one] = await _found(house, AlertQuery(limit=1, after=after))
        after = one.id
        seen.append(one.id)

    assert sorted(seen) == sorted(episode.id for episode in episodes)


async def test_a_page_after_nothing_is_refused(house: House, source: IntegrationId) -> None:
    with pytest.raises(InvalidInput) as refused:
        await _found(house, AlertQuery(after=EpisodeId("alr_404")))

    assert refused.value.field == "after"


async def test_filters_narrow_the_list(house: House, source: IntegrationId) -> None:
    a, b, c = await _put(house, source)
    other = (await an_integration(house, "another token")).id
    d = an_episode(house, other, "a", starts_at=NOON + 9 * MINUTE)
    over = b.ended(NOON + 5 * MINUTE)
    await house.run(_putting([over, d]))

    firing = AlertQuery(statuses=frozenset({AlertStatus.FIRING}))
    resolved = AlertQuery(statuses=frozenset({AlertStatus.RESOLVED}))
    since = AlertQuery(since=NOON + MINUTE, until=NOON + 2 * MINUTE)
    assert await _found(house, firing) == [d, c, a]
    assert await _found(house, resolved) == [over]
    assert await _found(house, since) == [c, over]
    assert await _found(house, AlertQuery(fingerprint=Fingerprint("a"))) == [d, a]
    assert await _found(house, AlertQuery(integration_ids=frozenset({other}))) == [d]
    assert await _found(house, AlertQuery(id=a.id)) == [a]
    both = AlertQuery(fingerprint=Fingerprint("a"), integration_ids=frozenset({source}))
    assert await _found(house, both) == [a]


async def test_an_alert_is_shown_with_its_incident(house: House, source: IntegrationId) -> None:
    incident = await house.declare(title="Slow")
    joined = an_episode(house, source, incident_id=incident.id, description="Every fifth.")
    alone = an_episode(house, source, "b")
    await house.run(_putting([joined, alone]))

    reads, ours = house.storage.reads, house.organization_id
    row = await reads.alert(ours, joined.id)

    assert row.episode == joined
    assert row.incident is not None
    assert (row.incident.id, row.incident.title) == (incident.id, "Slow")
    assert (row.incident.reference, row.incident.active) == (incident.reference, True)
    assert (await reads.alert(ours, alone.id)).incident is None
    assert await _found(house, AlertQuery(attached=True)) == [joined]
    assert await _found(house, AlertQuery(incident_id=incident.id)) == [joined]


async def test_a_deleted_incident_is_shown_with_nothing(
    house: House, source: IntegrationId
) -> None:
    incident = await house.declare()
    episode = an_episode(house, source, incident_id=incident.id)
    await house.run(_putting([episode]))
    await house.run(_deleting(incident.id))

    row = await house.storage.reads.alert(house.organization_id, episode.id)

    assert row.incident is None
    assert await _found(house, AlertQuery(attached=True)) == []


async def test_the_latest_of_a_source_is_found_by_its_key(
    house: House, source: IntegrationId
) -> None:
    reads, ours = house.storage.reads, house.organization_id
    early = an_episode(house, source)
    late = an_episode(house, source, starts_at=NOON + MINUTE)
    await house.run(_putting([late, early]))

    latest = await reads.latest_alert(ours, source, Fingerprint("a"))

    assert latest is not None
    assert latest.episode == late
    assert await reads.latest_alert(ours, source, Fingerprint("b")) is None
    assert await reads.latest_alert(ours, IntegrationId("int_404"), Fingerprint("a")) is None


async def test_nothing_is_shown_next_door(house: House, source: IntegrationId) -> None:
    [episode] = await _put(house, source, 1)
    reads, theirs = house.storage.reads, house.neighbour_id

    page = await reads.alerts(theirs, AlertQuery(fingerprint=Fingerprint("a")))

    assert page.rows == ()
    assert (await reads.alerts(theirs, AlertQuery(id=episode.id))).rows == ()
    assert await reads.latest_alert(theirs, source, Fingerprint("a")) is None
    with pytest.raises(NotFound):
        await reads.alert(theirs, episode.id)
    with pytest.raises(NotFound):
        await reads.alert_source(theirs, source)


async def test_an_alert_source_is_found_by_its_id(house: House) -> None:
    integration = await an_integration(house)

    found = await house.storage.reads.alert_source(house.organization_id, integration.id)

    assert found == integration


async def test_an_episode_is_found_inside_a_transaction(
    house: House, source: IntegrationId
) -> None:
    [episode] = await _put(house, source, 1)

    async def get(uow: UnitOfWork) -> Episode:
        return await uow.alerts.get(episode.id)

    assert await house.run(get) == episode
    with pytest.raises(NotFound):
        await house.next_door(get)
