"""Deliveries over HTTP: where they go, how they are signed, what counts as an answer."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from slack_sdk.signature import Clock as SignatureClock
from slack_sdk.signature import SignatureVerifier

from sandbox.clock import Clock
from sandbox.deliveries.signing import signature
from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.odd_app import odd_app

HOST = "https://app.example.com"


def addressed() -> Json:
    """A manifest with a URL of its own for everything."""
    whole = manifest()
    whole["settings"]["event_subscriptions"]["request_url"] = f"{HOST}/events?from=slack"
    interactivity = whole["settings"]["interactivity"]
    interactivity["request_url"] = f"{HOST}/pressed"
    interactivity["message_menu_options_url"] = f"{HOST}/options"
    for command in whole["features"]["slash_commands"]:
        command["url"] = f"{HOST}/commands{command['command']}"
    return whole


@pytest.fixture
async def strict() -> AsyncIterator[Sandbox]:
    async with Sandbox(addressed(), clock=Clock("virtual")) as sandbox:
        yield sandbox


async def fine(_request: web.Request) -> web.StreamResponse:
    return web.Response()


async def test_each_kind_goes_to_its_own_address(strict: Sandbox) -> None:
    async with odd_app(fine) as app:
        strict.app_url = app.url

        await strict.person("alice").types("#general", "/hello")
        await strict.person("alice").uses_shortcut("greet")
        await strict.control.act("add_person", name="dave")
        await strict.settled()

    assert [path for _, path, _ in app.asked] == [
        "/commands/hello",
        "/pressed",
        "/events?from=slack",
    ]


async def test_an_address_with_a_path_takes_everything(strict: Sandbox) -> None:
    async with odd_app(fine) as app:
        strict.app_url = f"{app.url}/one/door"

        await strict.person("alice").types("#general", "/hello")
        await strict.person("alice").uses_shortcut("greet")

    assert {path for _, path, _ in app.asked} == {"/one/door"}


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_two_redirects_are_followed_with_the_same_request(
    sandbox: Sandbox, status: int
) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        step = int(request.query.get("step", "0"))
        if step == limits.REDIRECTS:
            return web.Response(text="there")
        return web.Response(status=status, headers={"Location": f"/there?step={step + 1}"})

    async with odd_app(answer) as app:
        sandbox.app_url = app.url
        outcome = await sandbox.person("alice").types("#general", "/hello")

    assert outcome["response"] == "there"
    assert [verb for verb, _, _ in app.asked] == ["POST"] * 3
    assert len({body for _, _, body in app.asked}) == 1


async def last_reason(sandbox: Sandbox) -> str:
    entries = sandbox.world.journal.after(0)
    return str([entry for entry in entries if entry["kind"] == "ack"][-1]["reason"])


async def test_a_third_redirect_is_one_too_many(sandbox: Sandbox) -> None:
    sandbox.expects("app_unreachable")

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=307, headers={"Location": "/round"})

    async with odd_app(answer) as app:
        sandbox.app_url = app.url
        outcome = await sandbox.person("alice").types("#general", "/hello")

    assert outcome["error"] == "dispatch_failed"
    assert await last_reason(sandbox) == "too_many_redirects"
    assert len(app.asked) == limits.REDIRECTS + 1


FOREIGN = [
    "http://localhost:{port}/x",
    "https://127.0.0.1:{port}/x",
    "http://127.0.0.1:{other}/_sandbox/reset",
    "//127.0.0.1:{other}/_sandbox/reset",
    "http://127.0.0.1:{port}@127.0.0.1:{other}/_sandbox/reset",
    "ftp://127.0.0.1:{port}/x",
    "http://[/x",
    "http://127.0.0.1:99999/x",
]


@pytest.mark.parametrize("location", FOREIGN)
async def test_no_redirect_leads_away_from_the_app(sandbox: Sandbox, location: str) -> None:
    sandbox.expects("refused_delivery")
    await sandbox.control.act("add_person", name="dave")
    other = sandbox.url.rpartition(":")[2]

    async def answer(request: web.Request) -> web.StreamResponse:
        port = request.host.rpartition(":")[2]
        address = location.format(port=port, other=other)
        return web.Response(status=307, headers={"Location": address})

    async with odd_app(answer) as app:
        sandbox.app_url = app.url
        outcome = await sandbox.person("alice").types("#general", "/hello")

    assert outcome["error"] == "dispatch_failed"
    assert await last_reason(sandbox) == "http_error"
    assert len(app.asked) == 1
    assert sandbox.world.workspace.user_named("dave"), "The workspace was reset."
    assert "redirected to" in (await sandbox.findings())[0]["message"]


async def test_a_redirect_may_name_the_app_in_full(sandbox: Sandbox) -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        if request.path == "/there":
            return web.Response(text="there")
        target = f"HTTP://user:secret@{request.host}/there?a=b#c"
        return web.Response(status=308, headers={"Location": target})

    async with odd_app(answer) as app:
        sandbox.app_url = app.url
        outcome = await sandbox.person("alice").types("#general", "/hello")

    assert outcome["response"] == "there"
    assert app.asked[-1][1] == "/there?a=b"
    assert "Authorization" not in app.headers[-1]


async def test_whoever_waits_for_an_answer_wants_a_200(sandbox: Sandbox) -> None:
    sandbox.expects("refused_delivery")

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(status=204)

    async with odd_app(answer) as app:
        sandbox.app_url = app.url
        outcome = await sandbox.person("alice").types("#general", "/hello")
        await sandbox.control.act("add_person", name="dave")
        await sandbox.settled()

    # The event was taken, and is not repeated.
    assert outcome["error"] == "dispatch_failed"
    assert len(app.asked) == 2


async def test_an_endless_answer_is_cut_off(sandbox: Sandbox) -> None:
    sandbox.expects("refused_delivery")

    async def answer(_request: web.Request) -> web.StreamResponse:
        return web.Response(body=b"x" * (limits.ANSWER_BYTES + 1))

    async with odd_app(answer) as app:
        sandbox.app_url = app.url
        outcome = await sandbox.person("alice").types("#general", "/hello")

    [finding] = await sandbox.findings()
    assert outcome["error"] == "dispatch_failed"
    assert finding["message"] == "/hello was answered with more than 500,000 bytes."


@pytest.mark.parametrize("charset", ["latin-1", "nonsense", "utf-8"])
async def test_letters_of_any_kind_do_no_harm(sandbox: Sandbox, charset: str) -> None:
    async def answer(_request: web.Request) -> web.StreamResponse:
        kind = {"Content-Type": f"text/plain; charset={charset}"}
        return web.Response(body=b"caf\xe9", headers=kind)

    async with odd_app(answer) as app:
        sandbox.app_url = app.url
        outcome = await sandbox.person("alice").types("#general", "/hello")

    assert outcome["response"].startswith("caf")


async def test_nobody_there_and_no_certificate_are_told_apart(sandbox: Sandbox) -> None:
    sandbox.expects("app_unreachable")
    async with odd_app(fine) as app:
        sandbox.app_url = app.url.replace("http:", "https:")
        await sandbox.person("alice").types("#general", "/hello")
        assert await last_reason(sandbox) == "ssl_error"
        sandbox.app_url = app.url
    await sandbox.person("alice").types("#general", "/hello")

    assert await last_reason(sandbox) == "connection_failed"


async def test_headers_are_slacks_own(sandbox: Sandbox) -> None:
    async with odd_app(fine) as app:
        sandbox.app_url = app.url
        await sandbox.person("alice").types("#general", "/hello")
        await sandbox.control.act("add_person", name="dave")
        await sandbox.settled()

    command, event = app.headers
    assert command["Content-Type"] == "application/x-www-form-urlencoded"
    assert event["Content-Type"] == "application/json"
    for headers in app.headers:
        assert headers["User-Agent"] == "Slackbot 1.0 (+https://api.slack.com/robots)"
        assert headers["X-Slack-Signature"].startswith("v0=")
        assert "X-Slack-Retry-Num" not in headers


class Now(SignatureClock):
    def now(self) -> float:
        return 1_700_000_000


BODY = b"token=x&text=%C3%A9"


@pytest.mark.parametrize(
    ("secret", "skew", "body", "is_valid"),
    [
        ("right", 0, BODY, True),
        ("right", -299, BODY, True),
        ("right", 299, BODY, True),
        ("right", -301, BODY, False),
        ("right", 301, BODY, False),
        ("wrong", 0, BODY, False),
        ("right", 0, BODY.replace(b"+", b"%20") + b"&", False),
        ("right", 0, b"", False),
    ],
)
def test_signatures_are_what_slacks_verifier_accepts(
    secret: str, skew: int, body: bytes, is_valid: bool
) -> None:
    timestamp = 1_700_000_000 + skew
    signed = signature(secret, timestamp, BODY)

    verifier = SignatureVerifier("right", clock=Now())
    assert verifier.is_valid(body, str(timestamp), signed) is is_valid
