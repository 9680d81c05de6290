"""The courier: when events come again and why, when they stop, and how much is too much."""

import asyncio
from datetime import datetime

import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.clock import Clock
from sandbox.conversation.control import SandboxRefused
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.deliveries.subscriptions import HOUR, Subscriptions
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.asking import modal
from tests.sandbox.listening_app import Answer, ListeningApp, Told


async def refuse(_told: Told) -> web.StreamResponse:
    return web.Response(status=500)


async def keep_silent(_told: Told) -> web.StreamResponse:
    await asyncio.Event().wait()
    return web.Response()


async def send_round(_told: Told) -> web.StreamResponse:
    raise web.HTTPTemporaryRedirect("/slack/events")


async def talk_nonsense(_told: Told) -> web.StreamResponse:
    return web.Response(body=b"This is no gzip.", headers={"Content-Encoding": "gzip"})


async def joins(sandbox: Sandbox, *names: str) -> None:
    for name in names:
        await sandbox.control.act("add_person", name=name)


def attempts(app: ListeningApp) -> list[tuple[str | None, str | None]]:
    return [
        (told.headers.get("X-Slack-Retry-Num"), told.headers.get("X-Slack-Retry-Reason"))
        for told in app.heard("team_join")
    ]


@pytest.mark.parametrize(
    ("answer", "reason", "finding"),
    [
        (refuse, "http_error", "refused_delivery"),
        (keep_silent, "http_timeout", "late_ack"),
        (send_round, "too_many_redirects", ""),
        (talk_nonsense, "unknown_error", ""),
    ],
)
async def test_a_retry_says_why_the_attempt_before_failed(
    sandbox: Sandbox, app: ListeningApp, answer: Answer, reason: str, finding: str
) -> None:
    async def fail_once(told: Told) -> web.StreamResponse:
        return web.Response() if "X-Slack-Retry-Num" in told.headers else await answer(told)

    if finding:
        sandbox.expects(finding)
    app.answers["team_join"] = fail_once

    await joins(sandbox, "dave")
    await app.hears("team_join")
    await sandbox.advance(400)

    assert attempts(app)[-1] == ("1", reason)


@pytest.mark.parametrize(
    ("url", "reason"),
    [("http://127.0.0.1:9", "connection_failed"), ("{https}", "ssl_error")],
)
async def test_what_does_not_answer_at_all_has_its_own_reasons(
    sandbox: Sandbox, app: ListeningApp, url: str, reason: str
) -> None:
    sandbox.app_url = url.replace("{https}", app.url.replace("http:", "https:"))

    await joins(sandbox, "dave")
    await sandbox.settled()
    sandbox.app_url = app.url
    await sandbox.advance(60)

    assert (await app.hears("team_join")).headers["X-Slack-Retry-Reason"] == reason


async def test_one_push_of_the_clock_brings_all_retries_in_order(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    sandbox.expects("refused_delivery")
    app.answers["team_join"] = refuse
    start = sandbox.clock.seconds()

    await joins(sandbox, "dave")
    await sandbox.advance(86_400)

    assert [number for number, _ in attempts(app)] == [None, "1", "2", "3"]
    entries = await sandbox.journal("delivery")
    times = [round(_seconds(entry["at"]) - start) for entry in entries]
    assert times == [0, 0, 60, 360]


def _seconds(moment: object) -> float:
    return datetime.fromisoformat(str(moment)).timestamp()


async def test_delayed_events_come_every_hour_for_a_day(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    sandbox.expects("refused_delivery")
    await sandbox.settings(delayed_events=True)
    app.answers["team_join"] = refuse

    await joins(sandbox, "dave")
    await sandbox.advance(2 * 86_400)

    assert len(attempts(app)) == 4 + 24


async def test_a_failed_interaction_is_never_repeated(
    sandbox: Sandbox, app: ListeningApp, alice: Person
) -> None:
    sandbox.expects("refused_delivery")
    app.answers["command"] = refuse

    assert (await alice.types("#general", "/hello"))["error"] == "dispatch_failed"
    await sandbox.advance(86_400)

    assert len(app.heard("command")) == 1


async def test_an_app_that_fails_almost_always_is_told_nothing_more(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    sandbox.expects("refused_delivery")
    await sandbox.settings(events_before_disabling=8)
    app.answers["team_join"] = refuse

    await joins(sandbox, "dave", "erin")
    await sandbox.advance(400)
    told = len(app.told)
    await joins(sandbox, "fred")
    await sandbox.advance(400)

    assert told == len(app.told) == 8
    state = (await sandbox.control.get("transport"))["subscriptions"]
    assert (state["enabled"], state["failures_within_an_hour"]) == (False, 8)
    assert (await sandbox.control.get("state"))["events_disabled"]
    notices = [entry["what"] for entry in await sandbox.journal("notice")]
    assert notices == ["subscriptions_disabled"]


async def test_an_administrator_enables_events_again(sandbox: Sandbox, app: ListeningApp) -> None:
    sandbox.expects("refused_delivery")
    await sandbox.settings(events_before_disabling=4)
    app.answers["team_join"] = refuse
    await joins(sandbox, "dave")
    await sandbox.advance(400)
    del app.answers["team_join"]

    await sandbox.control.post("subscriptions/enable", {})
    await joins(sandbox, "erin")

    assert (await app.hears("team_join", 5)).payload["event"]["user"]["name"] == "erin"


def failing(subscriptions: Subscriptions, failures: int, successes: int = 0) -> bool:
    for number in range(failures + successes):
        subscriptions.count(is_ok=number >= failures)
    return subscriptions.is_disabled


@pytest.mark.parametrize(
    ("failures", "successes", "is_disabled"),
    [(999, 0, False), (1_000, 0, True), (950, 50, False), (960, 49, True)],
)
async def test_only_busy_apps_that_fail_above_95_percent_are_disabled(
    sandbox: Sandbox, failures: int, successes: int, is_disabled: bool
) -> None:
    subscriptions = Subscriptions(sandbox.world)

    assert failing(subscriptions, failures, successes) is is_disabled


async def test_failures_are_forgotten_after_an_hour(sandbox: Sandbox) -> None:
    subscriptions = Subscriptions(sandbox.world)
    assert not failing(subscriptions, 999)

    await sandbox.advance(HOUR)

    assert not failing(subscriptions, 999)
    assert subscriptions.listed()["failures_within_an_hour"] == 999


async def test_above_the_hourly_volume_an_app_is_only_told_so(
    sandbox: Sandbox, app: ListeningApp
) -> None:
    await sandbox.settings(events_per_hour=2)

    await joins(sandbox, "dave", "erin", "fred", "gwen")
    told = await app.hears("app_rate_limited")
    await sandbox.settled()

    assert len(app.heard("team_join")) == 2
    assert len(app.heard("app_rate_limited")) == 1
    keys = {"token", "type", "team_id", "minute_rate_limited", "api_app_id"}
    assert set(told.payload) == keys
    assert told.payload["minute_rate_limited"] % 60 == 0


async def test_the_next_hour_has_a_volume_of_its_own(sandbox: Sandbox, app: ListeningApp) -> None:
    await sandbox.settings(events_per_hour=1)
    await joins(sandbox, "dave", "erin")
    await app.hears("app_rate_limited")

    await sandbox.advance(HOUR)
    await joins(sandbox, "fred")

    assert (await app.hears("team_join", 2)).payload["event"]["user"]["name"] == "fred"


async def test_thirty_thousand_events_an_hour_are_slacks_volume(sandbox: Sandbox) -> None:
    subscriptions = Subscriptions(sandbox.world)

    verdicts = [subscriptions.admit() for _ in range(30_001)]

    assert verdicts[-2:] == ["deliver", "rate_limited"]


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"socket_mode": 1}, "socket_mode is true or false"),
        ({"socket_seconds": 10}, "socket_seconds is a number of seconds above 10"),
        ({"delivery_latency": -1}, "delivery_latency is a number of seconds, at least 0"),
        ({"answer_seconds": 0}, "answer_seconds is a number of seconds above 0"),
        ({"delayed_events": "yes"}, "delayed_events is true or false"),
        ({"events_per_hour": 0}, "events_per_hour is a whole number, at least 1"),
        ({"events_before_disabling": 1.5}, "events_before_disabling is a whole number"),
        ({"ack_on_another_socket": None}, "ack_on_another_socket is true or false"),
    ],
)
async def test_settings_that_make_no_sense_are_refused(
    sandbox: Sandbox, settings: dict[str, object], sentence: str
) -> None:
    with pytest.raises(SandboxRefused) as refused:
        await sandbox.settings(**settings)

    assert sentence in str(refused.value)


async def test_an_app_has_as_long_to_answer_as_the_settings_say(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    sandbox.expects("late_ack")
    await sandbox.settings(answer_seconds=20)
    app.answers["command"] = keep_silent
    asking = asyncio.create_task(alice.types("#general", "/hello"))
    trigger = (await app.hears("command")).payload["trigger_id"]

    await sandbox.advance(19)
    opened = await slack.views_open(trigger_id=trigger, view=modal())
    found = await sandbox.findings()
    await sandbox.advance(1)

    assert opened["ok"]
    assert found == []
    assert (await asking)["error"] == "operation_timeout"
    [late] = await sandbox.findings()
    assert late["message"].endswith("was not acknowledged within 20 s.")


async def test_the_manifest_decides_between_sockets_and_http() -> None:
    async with Sandbox(manifest(socket_mode=True), clock=Clock("virtual")) as sockets:
        assert (await sockets.control.get("transport"))["mode"] == "socket"
    async with Sandbox(manifest(), clock=Clock("virtual")) as http:
        assert (await http.control.get("transport"))["mode"] == "http"


async def test_one_push_brings_scheduled_messages_and_retries_in_their_order(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, room: Room
) -> None:
    sandbox.expects("refused_delivery")
    app.answers["team_join"] = refuse
    now = int(sandbox.clock.seconds())
    await joins(sandbox, "dave")
    for seconds in (30, 90):
        text = f"after {seconds}"
        await slack.chat_scheduleMessage(channel=room.id, post_at=now + seconds, text=text)

    await sandbox.advance(400)

    deliveries = await sandbox.journal("delivery")
    labels = [one["label"] for one in deliveries if _seconds(one["at"]) > now + 10]
    assert labels == ["message.channels", "team_join", "message.channels", "team_join"]


async def test_the_clock_is_not_pushed_past_a_month(sandbox: Sandbox) -> None:
    with pytest.raises(SandboxRefused, match="31 days at most"):
        await sandbox.advance(1e9)
