"""Every source, asked the same: firing, repeated, resolved, malformed, forged, strange, heavy."""

from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from io import BytesIO
from typing import Any, TypeAlias

import pytest
from aiohttp import ClientResponse

from bot.webhooks.routes import SERVED
from bot.webhooks.sources import SOURCES
from bot.webhooks.triage import TriageWorker
from core.bus import CommandBus
from core.domain.alert import Episode
from core.domain.ids import OrganizationId
from core.domain.incident import Incident
from core.domain.state import State
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Parts, application, integration, served
from tests.integration.api.hostile import HOSTILE
from tests.integration.webhooks.case import Case, Sent
from tests.integration.webhooks.cases import CASES

Say: TypeAlias = Callable[[Sent], Awaitable[ClientResponse]]
"""Sends a request to the door of the source, and has what came in triaged."""

SIGNED = [case for case in CASES if case.forge]


def names() -> list[str]:
    seen: Counter[str] = Counter()
    found = []
    for case in CASES:
        seen[case.source] += 1
        found.append(f"{case.source}-{seen[case.source]}")
    return found


@pytest.fixture(params=CASES, ids=names())
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    return found


@pytest.fixture
async def say(
    case: Case, parts: Parts, bus: CommandBus, store: FakeStore, organization_id: OrganizationId
) -> AsyncIterator[Say]:
    async def fetch(url: str) -> bytes:
        return case.fetch[url]

    _, token = await integration(
        bus, organization_id, source=case.source, secret=case.secret, settings=case.settings
    )
    worker = TriageWorker(store.inbox, bus, SOURCES)
    async with served(application(parts, fetch=fetch)) as client:

        async def speak(sent: Sent) -> ClientResponse:
            answer = await client.post(
                f"/webhooks/{case.source}/{token}",
                data=BytesIO(sent.body),
                headers=dict(sent.headers),
            )
            while await worker.turn():
                pass
            return answer

        yield speak


def incidents(store: FakeStore, organization_id: OrganizationId) -> list[Incident]:
    return list(store.rows.of(organization_id).incidents.values())


def episodes(store: FakeStore, organization_id: OrganizationId) -> list[Episode]:
    return list(store.rows.of(organization_id).episodes.values())


def test_every_source_with_a_door_here_is_asked() -> None:
    assert {case.source for case in CASES} == set(SERVED)


async def test_an_alert_declares_one_incident_and_resolves_it(
    case: Case, say: Say, store: FakeStore, organization_id: OrganizationId
) -> None:
    answers, states = [], []

    for payload in (case.firing, case.repeated, case.resolved, case.resolved):
        answers.append(await say(case.send(payload)))
        states.append([one.state for one in incidents(store, organization_id)])

    assert {answer.status for answer in answers} == {case.status}
    assert states == [[State.OPEN]] * 2 + [[State.RESOLVED]] * 2
    assert [episode.firing for episode in episodes(store, organization_id)] == [False]
    assert [row.refused_because for row in store.inbox.rows.values() if row.refused_because] == []


async def test_the_same_request_come_again_changes_nothing(
    case: Case, say: Say, store: FakeStore, organization_id: OrganizationId
) -> None:
    first = await say(case.send(case.firing))
    before = episodes(store, organization_id), len(incidents(store, organization_id))

    again = await say(case.send(case.firing))

    assert (first.status, again.status) == (case.status, case.status)
    assert (episodes(store, organization_id), len(incidents(store, organization_id))) == before


async def test_what_is_malformed_is_refused_and_not_kept(
    case: Case, say: Say, store: FakeStore
) -> None:
    answers = [await say(case.send(payload)) for payload in case.malformed]

    bodies = [await answer.json() for answer in answers]
    assert all(400 <= answer.status < 500 for answer in answers), [a.status for a in answers]
    assert all(body["errors"][0]["message"].endswith((".", "?")) for body in bodies), bodies
    assert store.inbox.rows == {}


async def test_nothing_hostile_is_an_error_of_ours(case: Case, say: Say, store: FakeStore) -> None:
    sample = case.send(case.firing)
    statuses: dict[str, int] = {}
    for name, (body, headers) in HOSTILE.items():
        answer = await say(Sent(body=body, headers={**sample.headers, **headers}))
        statuses[name] = answer.status

    assert {name: status for name, status in statuses.items() if status >= 500} == {}
    assert [row.refused_because for row in store.inbox.rows.values() if row.refused_because] == []


@pytest.mark.parametrize("case", SIGNED, ids=[case.source for case in SIGNED])
async def test_a_wrong_signature_is_refused_and_not_kept(
    case: Case, say: Say, store: FakeStore
) -> None:
    assert case.forge

    answer = await say(case.forge(case.send(case.firing)))

    assert answer.status in (400, 401)
    assert store.inbox.rows == {}


async def test_a_wrong_token_is_refused_and_not_kept(
    case: Case, parts: Parts, say: Say, store: FakeStore
) -> None:
    sent = case.send(case.firing)

    async with served(application(parts)) as client:
        url = f"/webhooks/{case.source}/nonsense"
        answer = await client.post(url, data=sent.body, headers=dict(sent.headers))

    assert answer.status == 401
    assert store.inbox.rows == {}


async def test_fields_that_nobody_has_heard_of_change_nothing(
    case: Case, say: Say, store: FakeStore, organization_id: OrganizationId
) -> None:
    await say(case.send(case.firing))
    before = episodes(store, organization_id)

    answer = await say(case.send(case.widen(case.firing)))

    assert answer.status == case.status
    assert [_known(one) for one in episodes(store, organization_id)] == [
        _known(one) for one in before
    ]


async def test_five_megabytes_are_taken_in(
    case: Case, say: Say, store: FakeStore, organization_id: OrganizationId
) -> None:
    sent = case.send(case.weigh(case.firing))

    answer = await say(sent)

    assert len(sent.body) > 5_000_000
    assert answer.status == case.status
    assert len(incidents(store, organization_id)) == 1


def _known(episode: Episode) -> Any:
    return replace(episode, count=1, last_at=None)
