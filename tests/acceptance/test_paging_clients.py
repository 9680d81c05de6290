"""Clients of PagerDuty and Opsgenie, unchanged, and Alertmanagers, against one running server."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import aiohttp
import opsgenie_sdk
import pagerduty
import pdpyras
import pytest
import pytest_asyncio
from opsgenie_sdk.exceptions import OpenApiException

from sandbox.conversation.control import wait_for
from tests.acceptance.alertmanager import OPSGENIE, PAGERDUTY, Alertmanager, alertmanager
from tests.acceptance.tls import tls_before
from tests.processes import Tocsin, ask, free_port

pytestmark = pytest.mark.asyncio(loop_scope="module")

PATIENCE = 30
KINDS = ("pagerduty", "opsgenie", "alertmanager")


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """A running server without Slack, a source of each kind, and a key to look with."""

    tocsin: Tocsin
    tokens: dict[str, str]
    key: str

    @property
    def port(self) -> int:
        return int(self.tocsin.settings["TOCSIN_PORT"])

    async def get(self, path: str, scheme: str = "Bearer", token: str = "") -> Any:
        headers = {"Authorization": f"{scheme} {token or self.key}"}
        async with (
            aiohttp.ClientSession(headers=headers) as session,
            session.get(f"{self.tocsin.url}{path}") as answer,
        ):
            assert answer.status == 200, await answer.text()
            return await answer.json()

    async def incidents(self, title: str, status: str = "") -> list[dict[str, Any]]:
        page = await self.get(f"/api/v1/incidents?limit=100&status={status}")
        return [one for one in page["data"] if title in one["title"]]

    async def becomes(self, title: str, status: str) -> dict[str, Any]:
        """The one incident of this title, once it has this status."""

        async def look() -> dict[str, Any] | None:
            found = await self.incidents(title, status)
            return found[0] if found else None

        return await wait_for(look, f"An incident “{title}” that is {status}", PATIENCE)

    async def alert(self, alias: str) -> dict[str, Any]:
        path = f"/opsgenie/v2/alerts/{alias}?identifierType=alias"
        body = await self.get(path, "GenieKey", self.tokens["opsgenie"])
        found: dict[str, Any] = body["data"]
        return found


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    folder = tmp_path_factory.mktemp("paging")
    settings = {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(folder / "data"),
        "TOCSIN_SECRET_KEY": "not-a-secret-in-a-test",
        "TOCSIN_LOG_LEVEL": "warning",
    }
    tocsin = Tocsin(settings, folder)
    scopes = ("--scope", "incidents:read", "--scope", "integrations:write")
    key = (await ask(settings, folder, "keys", "create", "eye", *scopes))["api_key"]
    await tocsin.start()
    try:
        tokens = {kind: await _token(tocsin, key, kind) for kind in KINDS}
        yield House(tocsin=tocsin, tokens=tokens, key=key)
    finally:
        await tocsin.stop()


async def _token(tocsin: Tocsin, key: str, kind: str) -> str:
    """Of a new source of this kind."""
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {key}"}) as session,
        session.post(
            f"{tocsin.url}/api/v1/integrations", json={"type": kind, "name": kind}
        ) as answer,
    ):
        made = await answer.json()
        assert answer.status == 201, made
    token: str = made["token"]
    return token


async def test_pdpyras_triggers_acknowledges_and_resolves(house: House) -> None:
    session = pdpyras.EventsAPISession(house.tokens["pagerduty"])
    session.url = f"{house.tocsin.url}/pagerduty"

    key = await asyncio.to_thread(session.trigger, "CPU of web-1 is high", "web-1", "py/1")
    await house.becomes("CPU of web-1", "open")
    await asyncio.to_thread(session.acknowledge, key)
    await house.becomes("CPU of web-1", "acknowledged")
    await asyncio.to_thread(session.resolve, key)
    await house.becomes("CPU of web-1", "resolved")

    assert key == "py/1"
    assert len(await house.incidents("CPU of web-1")) == 1


async def test_pdpyras_is_told_of_a_wrong_key(house: House) -> None:
    session = pdpyras.EventsAPISession("0123456789abcdef0123456789abcdef")
    session.url = f"{house.tocsin.url}/pagerduty"

    with pytest.raises(pdpyras.PDHTTPError) as refused:
        await asyncio.to_thread(session.trigger, "x", "web-1")

    assert refused.value.response.status_code == 400
    assert refused.value.response.json()["status"] == "invalid key"


async def test_the_client_of_pagerduty_works_over_tls(house: House, tmp_path: Path) -> None:
    async with tls_before(house.port, tmp_path) as front:
        client = pagerduty.EventsApiV2Client(
            house.tokens["pagerduty"], base_url=f"{front.url}/pagerduty", verify=front.trust
        )
        key = await asyncio.to_thread(
            client.trigger, "Disk of web-2 is full", "web-2", severity="warning"
        )
        await house.becomes("Disk of web-2", "open")
        await asyncio.to_thread(client.acknowledge, key)
        await house.becomes("Disk of web-2", "acknowledged")
        await asyncio.to_thread(
            client.submit, "Deploy 1.2.3", "ci", timestamp="2026-11-20T23:00:00Z"
        )
        await asyncio.to_thread(client.resolve, key)
        resolved = await house.becomes("Disk of web-2", "resolved")
        await asyncio.to_thread(client.close)

    assert resolved["severity"] == "medium"


async def test_the_sdk_of_opsgenie_does_all_that_can_be_done(house: House) -> None:
    api = _opsgenie(house)
    seen = await asyncio.to_thread(_walk, api)

    assert (seen["created"].data.status, seen["created"].data.is_success) == (
        "Created alert",
        True,
    )
    assert seen["open"].data.message == "DB down"
    assert seen["open"].data.priority == "P1"
    assert seen["taken"].data.acknowledged is True
    assert sorted(seen["taken"].data.tags) == ["db", "prod", "seen"]
    assert [note.note for note in seen["notes"].data] == ["disk full"]
    assert (seen["edited"].data.message, seen["edited"].data.priority) == ("DB is down", "P2")
    assert seen["edited"].data.details == {"rack": "7"}
    assert (seen["edited"].data.owner, seen["edited"].data.snoozed) == ("a@example.com", True)
    assert seen["edited"].data.acknowledged is False
    assert (seen["missed"].data.is_success, seen["missed"].data.status) == (
        False,
        "Alert does not exist.",
    )
    assert [alert.alias for alert in seen["list"].data] == ["db-down"]
    assert seen["count"].data.count == 1
    assert seen["closed"].data.status == "closed"
    assert (await house.becomes("DB down", "resolved"))["severity"] == "critical"
    assert len(await house.incidents("DB down")) == 1


async def test_the_sdk_of_opsgenie_is_told_what_is_wrong(house: House) -> None:
    api = _opsgenie(house)

    with pytest.raises(OpenApiException) as refused:
        await asyncio.to_thread(
            api.create_alert, opsgenie_sdk.CreateAlertPayload(message=" ", alias="blank")
        )
    with pytest.raises(OpenApiException) as missing:
        await asyncio.to_thread(api.get_alert, "nowhere", identifier_type="alias")

    assert refused.value.status == 422
    assert "message" in refused.value.body
    assert missing.value.status == 404


async def test_alertmanagers_receivers_of_both_products_open_and_resolve_one_incident(
    house: House, tmp_path: Path
) -> None:
    pager, genie = tmp_path / "pagerduty", tmp_path / "opsgenie"
    for folder in (pager, genie):
        folder.mkdir()
    async with (
        alertmanager(
            pager,
            url=f"{house.tocsin.url}/pagerduty/v2/enqueue",
            token=house.tokens["pagerduty"],
            receiver=PAGERDUTY,
        ) as first,
        alertmanager(
            genie,
            url=f"{house.tocsin.url}/opsgenie/",
            token=house.tokens["opsgenie"],
            receiver=OPSGENIE,
        ) as second,
    ):
        await _fire(first, second)
        await house.becomes("[FIRING:2] HighLatency", "open")
        await house.becomes("HighLatency: 2 firing", "open")
        await second.fires("c")
        await wait_for(_says(house, "HighLatency: 3 firing"), "The new message", PATIENCE)
        for source in (first, second):
            await source.resolves("a", "b", "c")
        await house.becomes("[FIRING:2] HighLatency", "resolved")
        await house.becomes("HighLatency: 2 firing", "resolved")

    assert len(await house.incidents("HighLatency")) == 2


async def test_two_alertmanagers_of_a_cluster_that_both_send_are_one_incident(
    house: House, tmp_path: Path
) -> None:
    ports = [free_port(), free_port()]
    async with AsyncExitStack() as stack:
        pair = [
            await stack.enter_async_context(_member(house, tmp_path, ports, which))
            for which in (0, 1)
        ]
        await _fire(*pair)
        await wait_for(_both_sent(pair), "Notifications of both", PATIENCE)
        await house.becomes("HighLatency (cluster eu1)", "open")
        await asyncio.gather(*(source.resolves("a", "b") for source in pair))
        await house.becomes("HighLatency (cluster eu1)", "resolved")

    assert len(await house.incidents("HighLatency (cluster eu1)")) == 1


def _member(house: House, folder: Path, ports: list[int], which: int) -> Any:
    own = folder / f"member{which}"
    own.mkdir()
    flags = (
        f"--cluster.listen-address=127.0.0.1:{ports[which]}",
        f"--cluster.peer=127.0.0.1:{ports[1 - which]}",
        "--cluster.advertise-address=127.0.0.1:" + str(ports[which]),
        "--cluster.peer-timeout=0s",
        "--cluster.settle-timeout=1s",
    )
    return alertmanager(
        own,
        url=f"{house.tocsin.url}/webhooks/alertmanager",
        token=house.tokens["alertmanager"],
        flags=flags,
    )


async def _fire(*sources: Alertmanager) -> None:
    await asyncio.gather(*(source.fires("a", "b") for source in sources))


def _both_sent(pair: list[Alertmanager]) -> Callable[[], Awaitable[bool | None]]:
    async def look() -> bool | None:
        return all([await one.sent() for one in pair]) or None

    return look


def _says(house: House, message: str) -> Callable[[], Awaitable[bool | None]]:
    """Whether an open alert has this message by now."""

    async def look() -> bool | None:
        body = await house.get(
            "/opsgenie/v2/alerts?query=status:open", "GenieKey", house.tokens["opsgenie"]
        )
        return any(alert["message"] == message for alert in body["data"]) or None

    return look


def _opsgenie(house: House) -> Any:
    configuration = opsgenie_sdk.Configuration()
    configuration.host = f"{house.tocsin.url}/opsgenie"
    configuration.api_key["Authorization"] = house.tokens["opsgenie"]
    return opsgenie_sdk.AlertApi(opsgenie_sdk.ApiClient(configuration))


def _walk(api: Any) -> dict[str, Any]:
    """From the first word to the last, each waited for as the SDK itself does."""
    seen: dict[str, Any] = {}
    by = {"identifier_type": "alias"}
    sdk = opsgenie_sdk
    made = api.create_alert(
        sdk.CreateAlertPayload(
            message="DB down",
            alias="db-down",
            description="primary unreachable",
            tags=["db", "prod"],
            details={"region": "eu"},
            entity="db1",
            priority="P1",
            responders=[{"name": "ops", "type": "team"}],
        )
    )
    seen["created"] = made.retrieve_result()
    seen["open"] = made.retrieve_resulting_action()
    api.acknowledge_alert(
        "db-down", acknowledge_alert_payload=sdk.AcknowledgeAlertPayload(user="a"), **by
    ).retrieve_result()
    api.add_tags("db-down", sdk.AddTagsToAlertPayload(tags=["seen"]), **by).retrieve_result()
    api.add_note("db-down", sdk.AddNoteToAlertPayload(note="disk full"), **by).retrieve_result()
    seen["taken"] = api.get_alert("db-down", **by)
    seen["notes"] = api.list_notes("db-down", **by)
    seen["list"] = api.list_alerts(query="alias: db-down AND status: open")
    seen["count"] = api.count_alerts(query="alias: db-down")
    api.un_acknowledge_alert("db-down", **by).retrieve_result()
    for act, payload in _edits():
        getattr(api, act)("db-down", payload, **by).retrieve_result()
    api.remove_details("db-down", keys=["region"], **by).retrieve_result()
    api.remove_tags("db-down", tags=["prod"], **by).retrieve_result()
    seen["edited"] = api.get_alert("db-down", **by)
    missed = api.acknowledge_alert("nowhere", **by)
    seen["missed"] = api.get_request_status(missed.request_id)
    api.close_alert(
        "db-down", close_alert_payload=sdk.CloseAlertPayload(note="fixed"), **by
    ).retrieve_result()
    seen["closed"] = api.get_alert("db-down", **by)
    return seen


def _edits() -> list[tuple[str, Any]]:
    sdk = opsgenie_sdk
    until = datetime.now(UTC) + timedelta(hours=1)
    return [
        ("snooze_alert", sdk.SnoozeAlertPayload(end_time=until)),
        ("update_alert_message", sdk.UpdateAlertMessagePayload(message="DB is down")),
        ("update_alert_priority", sdk.UpdateAlertPriorityPayload(priority="P2")),
        ("add_details", sdk.AddDetailsToAlertPayload(details={"rack": "7"})),
        ("assign_alert", sdk.AssignAlertPayload(owner={"username": "a@example.com"})),
    ]
