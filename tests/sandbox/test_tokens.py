"""Tokens of the bot, of the app, of a person: revoked, expired, orphaned, of the wrong type."""

from collections.abc import AsyncIterator
from typing import Any, get_args

import pytest

from sandbox.conversation.control import SandboxRefused
from sandbox.credentials import Kind
from sandbox.facts.methods import METHODS, TOKENLESS_METHODS
from sandbox.json_types import Json
from sandbox.web_api.checks import APP_TOKEN_METHODS, BOT_METHODS
from tests.sandbox.right_calls import RIGHT_CALLS
from tests.sandbox.stage import Stage, staged

OF_A_PERSON = ("channels:history", "channels:read", "chat:write", "users:read")
WITH_TOKEN = sorted(set(METHODS) - TOKENLESS_METHODS)
OF_BOTS = sorted(set(WITH_TOKEN) - APP_TOKEN_METHODS)


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged(user_scopes=OF_A_PERSON, furnished=False) as stage:
        yield stage


@pytest.fixture
async def furnished() -> AsyncIterator[Stage]:
    async with staged(user_scopes=OF_A_PERSON) as stage:
        yield stage


async def error(stage: Stage, method: str, token: str | None = None, **arguments: Any) -> str:
    answer = await stage.post(method, token=token, data=arguments)
    return str(answer.get("error", "ok"))


async def test_no_method_works_without_a_token(stage: Stage) -> None:
    for method in WITH_TOKEN:
        assert await error(stage, method, token="") == "not_authed", method
        assert await error(stage, method, token="xoxb-1-2-nobody") == "invalid_auth", method


async def test_the_apps_own_token_is_for_sockets_only(stage: Stage) -> None:
    token = stage.sandbox.app_token
    for method in OF_BOTS:
        assert await error(stage, method, token=token) == "not_allowed_token_type", method


@pytest.mark.parametrize("method", sorted(APP_TOKEN_METHODS))
async def test_sockets_need_the_apps_own_token(stage: Stage, method: str) -> None:
    for token in (stage.sandbox.bot_token, stage.sandbox.user_token):
        assert await error(stage, method, token=token) == "not_allowed_token_type"


@pytest.mark.parametrize("method", sorted(BOT_METHODS))
async def test_views_are_shown_by_bots_only(stage: Stage, method: str) -> None:
    assert await error(stage, method, token=stage.sandbox.user_token) == "not_allowed_token_type"


async def test_each_method_asks_for_its_scope(stage: Stage) -> None:
    await stage.sandbox.token("bot", scopes=["commands"])

    for method in (method for method in OF_BOTS if METHODS[method].scopes):
        answer = await stage.post(method)

        assert answer["error"] == "missing_scope"
        assert answer["needed"] == ",".join(METHODS[method].scopes)
        assert answer["provided"] == "commands"


@pytest.mark.parametrize("method", [name for name in OF_BOTS if not METHODS[name].scopes])
async def test_some_methods_ask_for_no_scope(furnished: Stage, method: str) -> None:
    await furnished.sandbox.token("bot", scopes=["commands"])

    answer = await furnished.call(method, **RIGHT_CALLS[method](furnished))

    assert answer["ok"]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("revoked", "token_revoked"),
        ("expired", "token_expired"),
        ("inactive", "account_inactive"),
    ],
)
@pytest.mark.parametrize("kind", ["bot", "app", "user"])
async def test_a_token_that_is_no_good_any_more_says_why(
    stage: Stage, kind: str, state: str, code: str
) -> None:
    method = "apps.connections.open" if kind == "app" else "auth.test"
    secret = getattr(stage.sandbox, f"{kind}_token")
    await stage.sandbox.token(kind, state=state)
    assert await error(stage, method, token=secret) == code

    await stage.sandbox.token(kind, state="valid")

    assert await error(stage, method, token=secret) == "ok"


async def test_other_tokens_go_on_working(stage: Stage) -> None:
    await stage.sandbox.token("bot", state="expired")

    assert await error(stage, "auth.test", token=stage.sandbox.user_token) == "ok"


async def test_the_token_of_somebody_who_left_is_inactive(stage: Stage) -> None:
    await stage.sandbox.control.act("change_person", user="alice", deleted=True)

    assert await error(stage, "auth.test", token=stage.sandbox.user_token) == "account_inactive"
    assert await error(stage, "auth.test") == "ok"


async def test_an_uninstalled_app_has_no_tokens_left(stage: Stage) -> None:
    await stage.sandbox.control.act("uninstall")

    assert await error(stage, "auth.test") == "account_inactive"
    assert await error(stage, "auth.test", token=stage.sandbox.user_token) == "token_revoked"


async def test_a_reset_gives_the_tokens_back(stage: Stage) -> None:
    await stage.sandbox.control.act("uninstall")

    await stage.sandbox.reset()

    assert await error(stage, "auth.test") == "ok"
    assert await error(stage, "auth.test", token=stage.sandbox.user_token) == "ok"


async def test_the_token_of_a_person_acts_for_that_person(stage: Stage) -> None:
    answer = await stage.post("auth.test", token=stage.sandbox.user_token)

    assert answer["user_id"] == stage["alice"]
    assert "bot_id" not in answer


async def test_the_token_of_a_person_needs_scopes_of_a_person(stage: Stage) -> None:
    token = stage.sandbox.user_token

    assert await error(stage, "users.list", token=token) == "ok"
    answer = await stage.post("pins.list", token=token, data={"channel": stage["general"]})
    assert (answer["error"], answer["needed"]) == ("missing_scope", "pins:read")
    assert answer["provided"] == ",".join(OF_A_PERSON)


async def test_a_manifest_without_user_scopes_gives_no_token_of_a_person() -> None:
    async with staged() as stage:
        assert stage.sandbox.user_token == ""
        with pytest.raises(SandboxRefused, match="asks for no scopes of a user"):
            await stage.sandbox.token("user", state="expired")


async def test_a_token_is_read_from_the_header_or_a_form_and_nowhere_else(stage: Stage) -> None:
    token = stage.sandbox.bot_token
    in_query = f"auth.test?token={token}"

    assert (await stage.post("auth.test", token="", data={"token": token}))["ok"]
    in_json = await stage.post("auth.test", token="", json={"token": token})
    assert in_json["error"] == "not_authed"
    assert await error(stage, in_query, token="") == "not_authed"

    codes = [found["code"] for found in await stage.sandbox.findings()]
    assert "secret_in_url" in codes


@pytest.mark.parametrize("kind", get_args(Kind))
async def test_the_answer_names_the_scopes_that_are_there_and_those_that_do(
    stage: Stage, kind: Kind
) -> None:
    method = "apps.connections.open" if kind == "app" else "chat.postMessage"
    secret = getattr(stage.sandbox, f"{kind}_token")
    headers = {"Authorization": f"Bearer {secret}"}

    async with stage.session.post(stage.sandbox.api_url + method, headers=headers) as response:
        given = response.headers["X-OAuth-Scopes"].split(",")
        accepted = response.headers["X-Accepted-OAuth-Scopes"].split(",")

    assert given == sorted(stage.sandbox.world.credentials.granted(kind))
    assert accepted == ["connections:write" if kind == "app" else "chat:write"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"kind": "robot"}, "kind is one of bot, app, user"),
        ({"state": "lost"}, "state is one of valid, revoked, expired, inactive"),
        ({"scopes": "chat:write"}, "scopes is a list of names"),
        ({"colour": "red"}, "A token has no colour"),
    ],
)
async def test_a_change_that_makes_no_sense_is_refused(
    stage: Stage, body: Json, sentence: str
) -> None:
    with pytest.raises(SandboxRefused, match=sentence):
        await stage.sandbox.control.post("tokens", body)
