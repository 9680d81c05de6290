"""Request URLs are verified as Slack verifies them."""

import pytest
from aiohttp import web
from slack_sdk.signature import SignatureVerifier

from sandbox.conversation.control import SandboxRefused
from sandbox.server import Sandbox
from tests.sandbox.listening_app import Answer, ListeningApp, Told


async def as_text(told: Told) -> web.StreamResponse:
    return web.Response(text=told.payload["challenge"])


async def as_json(told: Told) -> web.StreamResponse:
    return web.json_response({"challenge": told.payload["challenge"]})


async def as_form(told: Told) -> web.StreamResponse:
    form = "application/x-www-form-urlencoded"
    return web.Response(text=f"challenge={told.payload['challenge']}", content_type=form)


@pytest.mark.parametrize("answer", [as_text, as_json, as_form])
async def test_the_challenge_may_come_back_in_three_ways(
    sandbox: Sandbox, app: ListeningApp, answer: Answer
) -> None:
    app.answers["url_verification"] = answer

    outcome = await sandbox.control.act("verify_url")

    [told] = app.heard("url_verification")
    verifier = SignatureVerifier(sandbox.signing_secret)
    assert outcome["ok"]
    assert set(told.payload) == {"type", "token", "challenge"}
    assert verifier.is_valid_request(told.raw, told.headers)


async def test_another_answer_is_no_proof(sandbox: Sandbox, app: ListeningApp) -> None:
    sandbox.expects("bad_challenge")
    app.answer_with("url_verification", "hello")

    outcome = await sandbox.control.act("verify_url")

    assert (outcome["ok"], outcome["error"]) == (False, "bad_challenge")
    assert "challenge" in outcome["message"]


async def test_an_app_that_refuses_is_not_verified(sandbox: Sandbox, app: ListeningApp) -> None:
    sandbox.expects("refused_delivery")
    app.answer_with("url_verification", "no", status=401)

    assert (await sandbox.control.act("verify_url"))["error"] == "dispatch_failed"


async def test_the_certificate_is_checked_with_a_form(sandbox: Sandbox, app: ListeningApp) -> None:
    outcome = await sandbox.control.act("check_ssl")

    [told] = app.told
    assert outcome["ok"]
    assert told.payload["ssl_check"] == "1"
    assert set(told.payload) == {"ssl_check", "token"}


@pytest.mark.parametrize("act", ["verify_url", "check_ssl"])
async def test_an_app_without_an_address_has_none_to_verify(sandbox: Sandbox, act: str) -> None:
    with pytest.raises(SandboxRefused, match=r"no request URL.*Socket Mode"):
        await sandbox.control.act(act)
