"""After a reset or a restored snapshot: forms open, nothing repeats, and all is as at the start."""

from collections.abc import Awaitable, Callable

import pytest
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox.client import SandboxClient
from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.expecting import UnexpectedFindings
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import modal, refusal
from tests.sandbox.listening_app import ListeningApp
from tests.sandbox.triggers import trigger_of

Renewal = Callable[[Sandbox, Json], Awaitable[None]]


async def by_reset(sandbox: Sandbox, _saved: Json) -> None:
    await sandbox.reset()


async def by_restoring(sandbox: Sandbox, saved: Json) -> None:
    await sandbox.restore(saved)


both_ways = pytest.mark.parametrize("renew", [by_reset, by_restoring])


@both_ways
async def test_forms_open_and_nothing_repeats(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person, renew: Renewal
) -> None:
    saved = await sandbox.snapshot()
    for _ in range(3):
        said = await alice.types("#general", "Anybody there?")
        await slack.views_open(trigger_id=await trigger_of(app, alice), view=modal())
        await sandbox.control.act("add_person", name="dave")
        await sandbox.settled()
        await renew(sandbox, saved)

    heard = app.heard("command")
    triggers = [delivery.payload["trigger_id"] for delivery in heard]
    urls = [delivery.payload["response_url"] for delivery in heard]
    events = [delivery.payload["event_id"] for delivery in app.heard("team_join")]
    for ids in (triggers, urls, events):
        assert len(set(ids)) == len(ids) == 3
    assert said["message"]["ts"] not in str(saved)
    assert (await alice.types("#general", "Hello"))["message"]["ts"] > said["message"]["ts"]


@both_ways
async def test_what_was_handed_out_before_is_void(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person, renew: Renewal
) -> None:
    trigger = await trigger_of(app, alice)
    url = app.heard("command")[-1].payload["response_url"]
    saved = await sandbox.snapshot()

    await renew(sandbox, saved)

    assert await refusal(slack.views_open(trigger_id=trigger, view=modal())) == "invalid_trigger_id"
    assert (await AsyncWebhookClient(url).send(text="Too late")).status_code == 404


async def test_the_same_seed_makes_the_same_ids() -> None:
    first, second = (
        Sandbox(manifest(), clock=Clock("virtual"), seed=7).world.workspace for _ in range(2)
    )

    assert first.team == second.team
    assert list(first.users) == list(second.users)
    assert first.ids.make("C") == second.ids.make("C")


async def test_findings_from_before_a_reset_count_all_the_same() -> None:
    sandbox = Sandbox(manifest(), clock=Clock("virtual"))
    await sandbox.__aenter__()
    await ask_oddly(sandbox)
    await sandbox.reset()
    assert await sandbox.findings() == []

    with pytest.raises(UnexpectedFindings, match="unknown_argument"):
        await sandbox.__aexit__(None, None, None)


async def test_another_process_judges_what_a_reset_took_away(sandbox: Sandbox) -> None:
    sandbox.allows("unknown_argument")
    await ask_oddly(sandbox)
    await sandbox.reset()
    async with SandboxClient(sandbox.url):
        pass

    client = SandboxClient(sandbox.url)
    await client.__aenter__()
    await ask_oddly(sandbox)
    await client.reset()

    with pytest.raises(UnexpectedFindings, match="unknown_argument"):
        await client.__aexit__(None, None, None)


async def ask_oddly(sandbox: Sandbox) -> None:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
    await client.api_call("auth.test", json={"colour": "red"})


async def test_a_reset_undoes_what_a_fault_left_behind(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.fault("conversations.create", "restricted_action")
    assert await refusal(slack.conversations_create(name="one")) == "restricted_action"
    await sandbox.fault("auth.test", "token_revoked")
    assert await refusal(slack.auth_test()) == "token_revoked"

    await sandbox.reset()

    assert (await slack.conversations_create(name="one"))["ok"]


async def test_a_reset_brings_back_the_settings_of_the_start() -> None:
    sandbox = Sandbox(manifest(), clock=Clock("virtual"))
    sandbox.world.limiter.profile = "documented"
    async with sandbox:
        before = (await sandbox.control.get("panel"))["settings"]
        await sandbox.settings(
            rate_limits="harsh",
            rate_burst=0.5,
            distributed=True,
            restricted_actions=["chat.postMessage"],
            broadcasts_allowed=True,
            is_paid=False,
            uploads="none",
            socket_mode=True,
            delivery_latency=1.5,
            app_url="http://127.0.0.1:9",
        )

        await sandbox.reset()

        world = sandbox.world
        after = (await sandbox.control.get("panel"))["settings"]
        # Where the app listens is none of the workspace's business.
        assert after == before | {"app_url": "http://127.0.0.1:9"}
        assert (world.limiter.burst, world.limiter.distributed) == (None, False)
        assert (world.preferences.is_paid, world.preferences.uploads) == (True, "all")
        assert world.transport.delivery_latency == 0


@pytest.mark.parametrize(
    ("bad", "sentence"),
    [
        ({"uploads": "some"}, "uploads is one of"),
        ({"socket_seconds": 1}, "socket_seconds is a number of seconds"),
        ({"restricted_actions": "all"}, "restricted_actions is a list"),
        ({"broadcasts_allowed": "yes"}, "broadcasts_allowed is true or false"),
        ({"app_url": 3000}, "app_url is a text"),
        ({"colour": "red"}, "There is no setting colour"),
    ],
)
async def test_settings_are_taken_all_or_none(sandbox: Sandbox, bad: Json, sentence: str) -> None:
    with pytest.raises(SandboxRefused, match=sentence):
        await sandbox.settings(rate_limits="harsh", is_paid=False, delivery_latency=2.0, **bad)

    assert sandbox.world.limiter.profile == "off"
    assert sandbox.world.preferences.is_paid
    assert sandbox.world.transport.delivery_latency == 0


async def test_those_who_left_are_told_apart(
    sandbox: Sandbox, general: Room, alice: Person, bob: Person
) -> None:
    await bob.types(general, "Farewell")

    await bob.is_deactivated()

    users = {user["name"]: user for user in (await sandbox.control.get("state"))["users"]}
    assert (users["bob"]["deleted"], users["alice"]["deleted"]) == (True, False)
    assert users["bob"]["real_name"] == "Bob Brook"
    with pytest.raises(SandboxRefused, match="has no keyboard"):
        await bob.types(general, "Still here")
