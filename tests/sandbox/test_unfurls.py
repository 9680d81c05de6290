"""Previews of links: announced to the app, and shown where it may show them."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.asking import plain, refusal
from tests.sandbox.listening_app import ListeningApp

LINK = "https://status.example.com/inc?a=1&b=2"
PREVIEW: Json = {"blocks": [{"type": "section", "text": plain("All is well")}]}


@pytest.fixture
async def shared(app: ListeningApp, alice: Person, room: Room) -> Json:
    """What the app is told when alice writes a message with a link."""
    await alice.types(room, f"look at {LINK}")
    told: Json = (await app.hears("link_shared")).payload["event"]
    return told


async def test_the_app_hears_of_links_to_its_domains(shared: Json, room: Room) -> None:
    card = await room.message("look at")

    assert shared["links"] == [{"url": LINK, "domain": "example.com"}]
    assert (shared["channel"], shared["message_ts"]) == (room.id, card.ts)
    assert shared["is_bot_user_member"] is True
    assert shared["source"] == "conversations_history"


async def test_other_links_and_the_apps_own_are_not_announced(
    app: ListeningApp, sandbox: Sandbox, slack: AsyncWebClient, alice: Person, room: Room
) -> None:
    await alice.types(room, "https://example.org and https://notexample.com")
    await slack.chat_postMessage(channel=room.id, text=f"<{LINK}>")

    await sandbox.settled()

    assert app.heard("link_shared") == []


async def test_a_preview_is_shown_with_the_message(
    slack: AsyncWebClient, shared: Json, room: Room
) -> None:
    await slack.chat_unfurl(
        channel=shared["channel"], ts=shared["message_ts"], unfurls={LINK: PREVIEW}
    )

    [attachment] = (await room.message("look at")).wire["attachments"]
    assert attachment["blocks"][0]["text"]["text"] == "All is well"
    assert attachment["from_url"] == LINK
    assert attachment["is_app_unfurl"] is True


async def test_a_preview_may_be_named_by_the_unfurl_id_and_is_replaced(
    slack: AsyncWebClient, shared: Json, room: Room
) -> None:
    place = {"unfurl_id": shared["unfurl_id"], "source": shared["source"]}
    await slack.chat_unfurl(**place, unfurls={LINK: {"title": "before", "text": "x"}})

    await slack.chat_unfurl(**place, unfurls={LINK: {"title": "after", "text": "x"}})

    shown = (await room.message("look at")).wire["attachments"]
    assert [attachment["title"] for attachment in shown] == ["after"]


async def test_what_is_shown_anew_stays_where_it_stands(
    app: ListeningApp, slack: AsyncWebClient, alice: Person, room: Room
) -> None:
    await alice.types(room, f"look at {LINK} and {LINK}&c=3")
    told = (await app.hears("link_shared")).payload["event"]
    place = {"unfurl_id": told["unfurl_id"], "source": told["source"]}
    titles = {LINK: {"title": "one"}, f"{LINK}&c=3": {"title": "two"}}
    await slack.chat_unfurl(**place, unfurls=titles)

    await slack.chat_unfurl(**place, unfurls={LINK: {"title": "three"}})

    shown = (await room.message("look at")).wire["attachments"]
    assert [(one["id"], one["title"]) for one in shown] == [(1, "three"), (2, "two")]


async def test_links_are_announced_and_shown_where_the_app_is_no_member(
    app: ListeningApp, slack: AsyncWebClient, alice: Person
) -> None:
    circle = await alice.creates("circle", private=True)
    await alice.types(circle, f"look at {LINK}")
    told = (await app.hears("link_shared")).payload["event"]

    await slack.chat_unfurl(
        unfurl_id=told["unfurl_id"], source=told["source"], unfurls={LINK: PREVIEW}
    )

    assert told["is_bot_user_member"] is False
    assert (await circle.message("look at")).wire["attachments"]


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"ts": None}, "missing_ts"),
        ({"channel": None}, "missing_channel"),
        ({"channel": "C404"}, "cannot_find_channel"),
        ({"ts": "1.000001"}, "cannot_find_message"),
        ({"unfurls": None}, "missing_unfurls"),
        ({"unfurls": "{"}, "invalid_unfurls_format"),
        ({"unfurls": []}, "invalid_unfurls_format"),
        ({"unfurls": {"https://example.com/other": PREVIEW}}, "cannot_unfurl_message"),
        ({"unfurls": {LINK: {}}}, "cannot_parse_attachment"),
        ({"unfurls": {LINK: {"text": "x", "smell": "rose"}}}, "cannot_parse_attachment"),
        ({"unfurls": {LINK: {"blocks": [{"type": "section"}]}}}, "cannot_parse_attachment"),
        ({"unfurl_id": "1.2.3"}, "missing_source"),
        ({"unfurl_id": "1.2.3", "source": "thin_air"}, "invalid_source"),
        ({"unfurl_id": "1.2.3", "source": "conversations_history"}, "invalid_unfurl_id"),
        ({"source": "conversations_history"}, "missing_unfurl_id"),
    ],
)
async def test_a_bad_preview_is_refused(
    sandbox: Sandbox, slack: AsyncWebClient, shared: Json, parts: dict[str, Any], error: str
) -> None:
    good = {
        "channel": shared["channel"],
        "ts": shared["message_ts"],
        "unfurls": {LINK: PREVIEW},
    }
    given = {name: value for name, value in (good | parts).items() if value is not None}

    assert await refusal(slack.api_call("chat.unfurl", json=given)) == error


async def test_a_link_the_app_was_not_told_of_gets_no_preview(
    slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    await alice.types(room, "see https://example.org/page")
    card = await room.message("see")

    call = slack.chat_unfurl(
        channel=room.id, ts=card.ts, unfurls={"https://example.org/page": PREVIEW}
    )

    assert await refusal(call) == "cannot_unfurl_url"


async def test_a_person_may_be_asked_to_sign_in(
    slack: AsyncWebClient, shared: Json, room: Room, alice: Person
) -> None:
    await slack.chat_unfurl(
        channel=shared["channel"],
        ts=shared["message_ts"],
        user_auth_required=True,
        user_auth_message="Who are you?",
    )

    assert [card.text for card in await alice.ephemerals(room)] == ["Who are you?"]
