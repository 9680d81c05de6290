"""Rules of faults: when they strike, in what order, and which of them make no sense."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import refusal

MINUTES = 60


async def outcomes(slack: AsyncWebClient, calls: int) -> list[bool]:
    """Which of so many calls succeed."""
    answers = []
    for _ in range(calls):
        try:
            answers.append(bool((await slack.auth_test())["ok"]))
        except Exception:  # noqa: BLE001
            answers.append(False)
    return answers


async def test_a_rule_strikes_from_the_nth_call_so_many_times(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.fault("auth.test", "error", nth=2, times=2)

    assert await outcomes(slack, 5) == [True, False, False, True, True]


async def test_no_times_means_always(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await sandbox.fault("auth.*", "error", times=0)

    assert await outcomes(slack, 3) == [False] * 3


async def test_chance_is_the_same_for_the_same_seed() -> None:
    async def played(seed: int) -> list[bool]:
        async with Sandbox(manifest(), clock=Clock("virtual"), seed=seed) as sandbox:
            slack = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.api_url)
            await sandbox.fault("auth.test", "error", times=0, probability=0.5)
            return await outcomes(slack, 20)

    first = await played(1)

    assert first == await played(1)
    assert {True, False} == set(first)


async def test_a_rule_may_have_a_window(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await sandbox.fault("auth.test", "error", times=0, from_second=10, to_second=20)
    seen = []
    for _ in range(4):
        seen += await outcomes(slack, 1)
        await sandbox.advance(9)

    assert seen == [True, True, False, True]


async def test_connections_may_be_refused_for_some_minutes(sandbox: Sandbox) -> None:
    slack = AsyncWebClient(base_url=sandbox.api_url, retry_handlers=[])
    window = {"times": 0, "to_second": 5 * MINUTES}
    await sandbox.fault("apps.connections.open", "error", error="internal_error", **window)

    call = slack.apps_connections_open(app_token=sandbox.app_token)
    assert await refusal(call) == "internal_error"
    await sandbox.advance(5 * MINUTES)

    assert (await slack.apps_connections_open(app_token=sandbox.app_token))["ok"]


async def test_the_first_of_two_rules_wins_and_the_second_counts_on(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.fault("auth.test", "error", error="team_added_to_org")
    await sandbox.fault("auth.test", "error", error="access_denied", nth=2)

    assert await refusal(slack.auth_test()) == "team_added_to_org"
    assert await refusal(slack.auth_test()) == "access_denied"


async def test_faults_can_be_taken_back(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    await sandbox.fault("chat.postMessage", "error", times=0)
    await sandbox.clear_faults()

    assert (await slack.chat_postMessage(channel=room.id, text="x"))["ok"]


async def test_rules_say_how_often_they_struck_and_go_one_by_one(
    sandbox: Sandbox, slack: AsyncWebClient
) -> None:
    await sandbox.fault("auth.test", "error", nth=2)
    await outcomes(slack, 3)
    faults = sandbox.world.faults

    (listed,) = faults.listed()

    assert (listed["seen"], listed["fired"], listed["nth"]) == (3, 1, 2)
    assert faults.remove(listed["id"])
    assert not faults.remove(listed["id"])
    assert faults.listed() == []


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        ({"kind": "gremlins"}, "`kind` of a fault must be one of error, "),
        ({"target": None}, "`target` of a fault must be a method"),
        ({"target": "chat.postMesage"}, "`target` of a fault matches nothing"),
        ({"target": "delivery:letter"}, "delivery: with one of command, "),
        ({"target": "delivery:event:sunrise"}, "matches nothing"),
        ({"target": "delivery:event:dnd_updated", "kind": "duplicate"}, "matches nothing"),
        ({"target": "delivery:event:team_join", "kind": "giant_text"}, "must be one of delivery:"),
        ({"colour": 1}, "`colour` of a fault is not part of a rule; its parts are"),
        ({"retry_after": 1}, "`retry_after` of a fault means nothing for the kind error"),
        ({"nth": 0}, "`nth` of a fault must be a whole number, at least 1"),
        ({"times": 1.5}, "`times` of a fault must be a whole number"),
        ({"times": True}, "`times` of a fault must be a whole number"),
        ({"probability": 2}, "`probability` of a fault must be a number, at least 0 and at most 1"),
        ({"from_second": "soon"}, "`from_second` of a fault must be a number"),
        (
            {"kind": "rate_limited", "retry_after": 10**400},
            "`retry_after` of a fault must be a whole number, at least 0 and at most 604800",
        ),
        ({"kind": "slow", "seconds": 10**400}, "`seconds` of a fault must be a number"),
        ({"kind": "slow", "seconds": -1}, "`seconds` of a fault must be a number, at least 0"),
        ({"from_second": 5, "to_second": 5}, "`to_second` of a fault must be later"),
        ({"error": 7}, "`error` of a fault must be a text"),
        ({"error": "name_taken"}, "chat.postMessage does not document name_taken"),
        ({"kind": "status", "status": 429}, "must be a whole number, at least 500 and at most 599"),
        ({"kind": "slow", "seconds": "1"}, "`seconds` of a fault must be a number"),
        ({"kind": "stale"}, "names nothing that the kind stale can happen to"),
        ({"kind": "duplicate"}, "duplicate happens to deliveries, not to 'chat.postMessage'"),
        ({"kind": "restricted_action", "target": "auth.test"}, "does not document restricted"),
        ({"kind": "stale_view", "target": "delivery:command"}, "must be one of delivery:view_sub"),
        (
            {"kind": "hostile_text", "target": "delivery:command", "text": "rude"},
            "`text` of a fault must be one of broadcast_channel",
        ),
        (
            {"kind": "undelivered", "target": "delivery:event", "error": "rain"},
            "`error` of a fault must be one of http_timeout",
        ),
        (
            {"kind": "disconnect", "target": "socket:open", "error": "boredom"},
            "`error` of a fault must be one of warning",
        ),
        ({"kind": "half_open"}, "half_open happens to socket:envelope and socket:open"),
    ],
)
async def test_a_rule_that_makes_no_sense_is_refused_with_a_mend(
    sandbox: Sandbox, rule: dict[str, Any], sentence: str
) -> None:
    whole = {"target": "chat.postMessage", "kind": "error"} | rule

    with pytest.raises(SandboxRefused, match="invalid_fault") as refused:
        await sandbox.control.post("faults", [whole])

    assert sentence in str(refused.value)


async def test_of_a_list_with_one_bad_rule_none_is_taken(sandbox: Sandbox) -> None:
    good = {"target": "auth.test", "kind": "error"}

    with pytest.raises(SandboxRefused):
        await sandbox.control.post("faults", [good, {"kind": "gremlins"}])

    assert sandbox.world.faults.listed() == []
