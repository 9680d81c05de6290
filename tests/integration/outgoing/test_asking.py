"""A real Alertmanager is asked what fires, and what is none says why it is not understood."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.encryption import SOURCES, Cipher
from bot.outgoing.asking import AlertmanagerAsker
from bot.outgoing.sending import Sender
from bot.reconciling import NotAnswered
from bot.source_secrets import SourceSecrets
from core.domain.ids import IntegrationId
from core.domain.integration import Integration
from core.domain.source_settings import SourceSettings
from sandbox.conversation.control import wait_for
from tests.acceptance.alertmanager import alertmanager
from tests.fakes.moment import NOON

SECRETS = SourceSecrets(cipher=Cipher("the secret key of tests", purpose=SOURCES))


def _source(url: str, secret: str = "") -> Integration:
    return Integration(
        id=IntegrationId("int_1"),
        source="alertmanager",
        name="Production",
        token_hash="hash",
        created_at=NOON,
        settings=SourceSettings(check_url=url),
        sealed_secret=SECRETS.seal(secret),
    )


@pytest.fixture
async def asker() -> AsyncIterator[AlertmanagerAsker]:
    sender = Sender(private=True)
    yield AlertmanagerAsker(sender, SECRETS)
    await sender.close()


async def test_what_fires_there_is_known_until_it_is_resolved(
    asker: AlertmanagerAsker, tmp_path: Path
) -> None:
    async with alertmanager(tmp_path, url="http://127.0.0.1:9/", token="none") as there:
        source = _source(f"{there.url}/")
        nothing = await asker(source)
        await there.fires("a", "b")

        async def both() -> bool | None:
            return len(await asker(source)) == 2 or None

        await wait_for(both, "Both alerts in the answer", 20)
        await there.resolves("a")

        async def one() -> bool | None:
            return len(await asker(source)) == 1 or None

        await wait_for(one, "One alert in the answer", 20)

    assert nothing == frozenset()
    with pytest.raises(NotAnswered, match="cannot be reached"):
        await asker(source)


async def test_a_source_in_a_private_network_is_asked_only_where_that_is_allowed() -> None:
    strict = Sender(private=False)

    with pytest.raises(NotAnswered, match="TOCSIN_WEBHOOKS_PRIVATE=allowed"):
        await AlertmanagerAsker(strict, SECRETS)(_source("http://127.0.0.1:9093"))

    await strict.close()


@pytest.mark.parametrize("body", ["<html>", '{"status":"success"}', '[{"labels":{}}]'])
async def test_what_is_no_list_of_alerts_ends_nothing(asker: AlertmanagerAsker, body: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_get("/api/v2/alerts", answer)
    async with TestServer(app) as server:
        with pytest.raises(NotAnswered, match="no list of alerts"):
            await asker(_source(str(server.make_url("/"))))


async def test_the_secret_of_the_source_is_shown_as_a_bearer_token(
    asker: AlertmanagerAsker,
) -> None:
    shown: list[str] = []

    async def answer(request: web.Request) -> web.Response:
        shown.append(request.headers.get("Authorization", ""))
        return web.json_response([])

    app = web.Application()
    app.router.add_get("/api/v2/alerts", answer)
    async with TestServer(app) as server:
        await asker(_source(str(server.make_url("/")), secret="opensesame"))
        await asker(_source(str(server.make_url("/"))))

    assert shown == ["Bearer opensesame", ""]


@pytest.mark.parametrize("url", ["http://9.9.9.9:9093", "http://[2620:fe::fe]:9093"])
async def test_a_secret_does_not_go_through_the_open_without_tls(
    asker: AlertmanagerAsker, url: str
) -> None:
    with pytest.raises(NotAnswered, match="by https:// only"):
        await asker(_source(url, secret="opensesame"))


async def test_a_redirect_is_not_followed(asker: AlertmanagerAsker) -> None:
    async def answer(_: web.Request) -> web.Response:
        raise web.HTTPFound("http://169.254.169.254/latest/meta-data")

    app = web.Application()
    app.router.add_get("/api/v2/alerts", answer)
    async with TestServer(app) as server:
        with pytest.raises(NotAnswered, match="answered 302"):
            await asker(_source(str(server.make_url("/"))))
