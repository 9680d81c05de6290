"""What knocks at `POST /slack/events`, signed or not."""

import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from bot.slack.app import EVENTS_PATH
from tests.integration.slack.knocking import knock, signed
from tests.integration.slack.stage import Stage, staged

SECRET_WORDS = "the wine cellar burns"


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_url_verification_gets_its_challenge_back(
    stage: Stage, client: aiohttp.ClientSession
) -> None:
    body = json.dumps({"type": "url_verification", "challenge": "c-1", "token": "t"}).encode()

    status, answer = await knock(stage, client, body, signed(stage, body))

    assert (status, json.loads(answer)) == (200, {"challenge": "c-1"})


async def test_an_ssl_check_needs_no_signature(stage: Stage, client: aiohttp.ClientSession) -> None:
    assert await knock(stage, client, b"ssl_check=1&token=t", {}) == (200, "")


@pytest.mark.parametrize(
    "signature",
    [
        {"secret": "another"},
        {"skew": -301},
        {"skew": 400},
        {"stamp": "soon"},
        {"stamp": "١٢٣"},
        {"stamp": "9" * 40},
        {"stamp": "-1"},
    ],
)
async def test_what_slack_did_not_sign_just_now_is_turned_away(
    stage: Stage, client: aiohttp.ClientSession, signature: dict[str, str | int]
) -> None:
    body = b"command=%2Fincident&text=list&team_id=T1&user_id=U1"
    headers = signed(stage, body, **signature)  # type: ignore[arg-type]
    ascii_headers = {
        name: value.encode("utf-8").decode("latin-1") for name, value in headers.items()
    }

    status, _ = await knock(stage, client, body, ascii_headers)

    assert status == 401


async def test_without_any_signature_nothing_is_read(
    stage: Stage, client: aiohttp.ClientSession
) -> None:
    status, _ = await knock(stage, client, b'{"type":"event_callback"}', {})

    assert status == 401


@pytest.mark.parametrize(
    ("body", "is_signed", "status", "code"),
    [
        (b"nothing", True, 400, "malformed_body"),
        (b"a=b", False, 401, "not_signed"),
    ],
)
async def test_a_refusal_has_the_body_of_every_refusal(
    stage: Stage,
    client: aiohttp.ClientSession,
    body: bytes,
    is_signed: bool,
    status: int,
    code: str,
) -> None:
    headers = signed(stage, body) if is_signed else {}

    answered, text = await knock(stage, client, body, {**headers, "X-Request-ID": "req-1"})

    answer = json.loads(text)
    assert (answered, answer["status"], answer["request_id"]) == (status, status, "req-1")
    assert (answer["path"], answer["errors"][0]["code"]) == (EVENTS_PATH, code)
    assert answer["detail"] == answer["errors"][0]["message"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"{",
        b"[1,2]",
        b'"text"',
        b"payload=%7B",
        b"payload=1",
        b"nothing",
        b'{"type":' + b"[" * 100_000,
    ],
)
async def test_signed_nonsense_is_a_bad_request(
    stage: Stage, client: aiohttp.ClientSession, body: bytes
) -> None:
    status, _ = await knock(stage, client, body, signed(stage, body))

    assert status == 400


@pytest.mark.parametrize(
    "body",
    [
        b"{}",
        b'{"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1}',
        b'{"type":"event_callback"}',
        b'{"type":"event_callback","event":7}',
        b"payload=%7B%7D",
        b"a=b",
        b"command=%2Funknown",
    ],
)
async def test_signed_surprises_do_no_harm(
    stage: Stage, client: aiohttp.ClientSession, body: bytes
) -> None:
    status, _ = await knock(stage, client, body, signed(stage, body))

    assert status < 500


async def test_a_body_too_large_is_not_read(stage: Stage, client: aiohttp.ClientSession) -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(33):
            yield b"x" * 65_536

    headers = {"Content-Type": "application/json"}
    address = f"{stage.sandbox.app_url}{EVENTS_PATH}"
    async with client.post(address, data=drops(), headers=headers) as response:
        assert response.status == 413
        assert (await response.json())["errors"][0]["code"] == "payload_too_large"


async def test_no_body_and_no_token_ever_reaches_the_log(
    stage: Stage, client: aiohttp.ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    body = json.dumps({"type": "event_callback", "text": SECRET_WORDS}).encode()

    await knock(stage, client, body, signed(stage, body, secret="forged"))
    await stage.alice.types(await stage.room("general"), f"/incident declare {SECRET_WORDS}")
    await stage.settled()

    bolt = [record.getMessage() for record in caplog.records if "bolt" in record.name]
    assert not any(SECRET_WORDS in message for message in bolt)
    assert not any(
        secret in record.getMessage()
        for record in caplog.records
        for secret in (stage.sandbox.bot_token, stage.sandbox.signing_secret)
    )


async def test_a_delivery_that_comes_twice_declares_once(stage: Stage) -> None:
    await stage.sandbox.fault("delivery:command", "duplicate")

    await stage.alice.types(await stage.room("general"), "/incident declare Search is slow")
    await stage.sandbox.settled()
    await stage.settled()

    rooms = [room.name for room in await stage.sandbox.channels()]
    assert len([name for name in rooms if name.startswith("inc-")]) == 1


async def test_slacks_own_variables_do_not_leak_into_bolt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("BOT_TOKEN", "SIGNING_SECRET", "CLIENT_ID", "CLIENT_SECRET", "APP_TOKEN"):
        monkeypatch.setenv(f"SLACK_{name}", "from-the-environment")
    from_environment = staged(tmp_path)

    async with from_environment as stage:
        room = await stage.declares("Search is slow")

    assert room.name.endswith("-search-is-slow")
