"""Topics of SNS are subscribed to by themselves, and by nobody who only says that he is SNS."""

from typing import Any

import orjson
import pytest
from aiohttp import ClientResponse

from core.bus import CommandBus
from core.domain.ids import OrganizationId
from tests.fakes.store import FakeStore
from tests.integration.api.doors import Parts, application, integration, served
from tests.unit.webhooks.sns_sender import (
    CERTIFICATE_URL,
    CONFIRM,
    a_signer,
    alarm,
    asking,
    carried,
)

ELSEWHERE = "https://sns.us-east-1.amazonaws.com.evil.test/SimpleNotificationService-1.pem"


class Door:
    """The door of one source, and what was fetched because of it."""

    def __init__(self, parts: Parts, token: str) -> None:
        self._parts = parts
        self._token = token
        self.fetched: list[str] = []

    async def knock(self, *payloads: Any) -> list[ClientResponse]:
        async with served(application(self._parts, fetch=self._fetch)) as client:
            url = f"/webhooks/cloudwatch/{self._token}"
            return [await client.post(url, data=orjson.dumps(one)) for one in payloads]

    async def _fetch(self, url: str) -> bytes:
        self.fetched.append(url)
        return a_signer().certificate if url == CERTIFICATE_URL else b"<ConfirmSubscription/>"


@pytest.fixture
async def door(parts: Parts, bus: CommandBus, organization_id: OrganizationId) -> Door:
    _, token = await integration(bus, organization_id, source="cloudwatch")
    return Door(parts, token)


async def test_a_subscription_is_confirmed_and_nothing_is_stored(
    door: Door, store: FakeStore
) -> None:
    [answer] = await door.knock(asking())

    assert answer.status == 202
    assert door.fetched == [CERTIFICATE_URL, CONFIRM]
    assert store.inbox.rows == {}


async def test_a_forged_subscription_is_not_confirmed(door: Door) -> None:
    [answer] = await door.knock(asking() | {"Token": "other"})

    assert answer.status == 401
    assert CONFIRM not in door.fetched


async def test_nothing_is_fetched_for_whoever_has_no_token(parts: Parts) -> None:
    stranger = Door(parts, "nonsense")

    [answer] = await stranger.knock(asking())

    assert answer.status == 401
    assert stranger.fetched == []


@pytest.mark.parametrize("field", ["SubscribeURL", "SigningCertURL"])
async def test_nothing_is_fetched_from_anywhere_else(door: Door, field: str) -> None:
    changes: dict[str, Any] = {field: ELSEWHERE}

    [answer] = await door.knock(asking(**changes))

    assert answer.status == 400
    assert [url for url in door.fetched if url != CERTIFICATE_URL] == []


async def test_a_message_that_comes_again_is_stored_once(door: Door, store: FakeStore) -> None:
    answers = await door.knock(carried(alarm()), carried(alarm()), carried(alarm("OK")))

    assert [answer.status for answer in answers] == [202, 202, 202]
    assert len(store.inbox.rows) == 2
