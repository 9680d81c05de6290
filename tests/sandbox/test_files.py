"""Files: uploaded in three steps, shared, fetched, listed and deleted."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.server import Sandbox
from tests.sandbox.asking import refusal
from tests.sandbox.listening_app import ListeningApp


async def announced(slack: AsyncWebClient, length: int = 5) -> tuple[str, str]:
    """The address to send five bytes to, and the id of the file."""
    answer = await slack.files_getUploadURLExternal(filename="report.txt", length=length)
    return str(answer["upload_url"]), str(answer["file_id"])


async def sent(url: str, content: bytes = b"hello") -> int:
    async with aiohttp.ClientSession() as session, session.post(url, data=content) as answer:
        return answer.status


async def uploaded(slack: AsyncWebClient) -> str:
    url, name = await announced(slack)
    assert await sent(url) == 200
    return name


async def test_the_official_client_uploads_a_file(slack: AsyncWebClient, room: Room) -> None:
    answer = await slack.files_upload_v2(
        filename="report.txt",
        content="One\nTwo\n",
        title="The report",
        channel=room.id,
        initial_comment="Here it is",
    )

    card = await room.message("Here it is")
    assert [file["title"] for file in card.wire["files"]] == ["The report"]
    assert card.wire["subtype"] == "file_share"
    assert answer["file"]["id"] == card.wire["files"][0]["id"]
    info = await slack.files_info(file=answer["file"]["id"])
    assert info["file"]["shares"]["public"][room.id][0]["ts"] == card.ts
    assert info["file"]["preview"] == "One\nTwo"


async def test_several_files_go_into_one_message_of_a_thread(
    slack: AsyncWebClient, room: Room
) -> None:
    parent = await slack.chat_postMessage(channel=room.id, text="parent")

    await slack.files_upload_v2(
        file_uploads=[
            {"filename": "a.txt", "content": "a"},
            {"filename": "b.png", "content": b"\x89PNG"},
        ],
        channel=room.id,
        thread_ts=parent["ts"],
        initial_comment="both",
    )

    [reply] = await room.thread(await room.message("parent"))
    assert [file["name"] for file in reply.wire["files"]] == ["a.txt", "b.png"]


async def test_the_app_hears_that_a_file_was_shared(
    app: ListeningApp, slack: AsyncWebClient, room: Room, sandbox: Sandbox
) -> None:
    answer = await slack.files_upload_v2(filename="a.txt", content="a", channel=room.id)

    await sandbox.settled()

    [heard] = app.heard("file_shared")
    assert heard.payload["event"]["file_id"] == answer["file"]["id"]
    assert heard.payload["event"]["channel_id"] == room.id


async def test_the_upload_url_takes_the_announced_size_once(slack: AsyncWebClient) -> None:
    url, name = await announced(slack)

    assert await sent(url, b"hell") == 400
    assert await sent(url, b"hello!") == 400
    assert await refusal(slack.files_completeUploadExternal(files=[{"id": name}])) == (
        "file_not_found"
    )
    assert await sent(url, b"hello") == 200
    assert await sent(url, b"hello") == 404


async def test_the_upload_url_takes_a_form(slack: AsyncWebClient) -> None:
    url, name = await announced(slack)
    form = aiohttp.FormData()
    form.add_field("file", b"hello", filename="report.txt")

    async with aiohttp.ClientSession() as session, session.post(url, data=form) as answer:
        assert answer.status == 200

    done = await slack.files_completeUploadExternal(files=[{"id": name, "title": "Report"}])
    assert [(file["id"], file["title"]) for file in done["files"]] == [(name, "Report")]


async def test_a_file_is_completed_once(slack: AsyncWebClient) -> None:
    name = await uploaded(slack)
    await slack.files_completeUploadExternal(files=[{"id": name}])

    again = slack.files_completeUploadExternal(files=[{"id": name}])

    assert await refusal(again) == "file_not_found"


@pytest.mark.parametrize(
    ("parts", "error"),
    [
        ({"length": 0}, "missing_argument"),
        ({"length": 7_000_001}, "file_upload_size_restricted"),
        ({"alt_txt": "x" * 1_001}, "alt_txt_too_large"),
        ({"snippet_type": "klingon"}, "unknown_snippet_type"),
        ({"snippet_type": "python", "length": 1_000_001}, "snippet_too_large"),
    ],
)
async def test_a_file_that_cannot_be_taken_is_not_announced(
    slack: AsyncWebClient, parts: dict[str, object], error: str
) -> None:
    call = slack.api_call(
        "files.getUploadURLExternal", params={"filename": "a.txt", "length": 5, **parts}
    )

    assert await refusal(call) == error


async def test_preferences_may_forbid_files(sandbox: Sandbox, slack: AsyncWebClient) -> None:
    await sandbox.settings(uploads="images")
    text = slack.files_getUploadURLExternal(filename="a.txt", length=1)
    assert await refusal(text) == "file_uploads_except_images_disabled"
    await slack.files_getUploadURLExternal(filename="a.png", length=1)

    await sandbox.settings(uploads="none")

    picture = slack.files_getUploadURLExternal(filename="a.png", length=1)
    assert await refusal(picture) == "file_uploads_disabled"


async def test_files_go_only_where_the_app_may_post(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, general: Room
) -> None:
    name = await uploaded(slack)

    async def error(**place: Any) -> str:
        call = slack.files_completeUploadExternal(files=[{"id": name}], **place)
        return await refusal(call)

    assert await error(channel_id="C404") == "channel_not_found"
    assert await error(channels=[room.id, "C404"]) == "invalid_channel"
    assert await error(channel_id=general.id) == "not_in_channel"
    assert await error(channels=[f"C{number}" for number in range(101)]) == (
        "channels_limit_exceeded"
    )
    await slack.conversations_archive(channel=room.id)
    assert await error(channel_id=room.id) == "posting_to_channel_denied"


async def test_a_private_file_is_fetched_with_a_token_only(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    answer = await slack.files_upload_v2(filename="a.html", content="<b>a</b>", channel=room.id)
    url = str(answer["file"]["url_private"])

    async with aiohttp.ClientSession() as session:
        async with session.get(url) as closed:
            assert closed.status == 403
        bearer = {"Authorization": f"Bearer {sandbox.bot_token}"}
        async with session.get(url, headers=bearer) as opened:
            assert await opened.text() == "<b>a</b>"
            # It must not run as a page of the sandbox.
            assert opened.headers["Content-Disposition"] == "attachment"
            assert opened.headers["X-Content-Type-Options"] == "nosniff"


async def test_files_are_listed_by_kind_and_page(slack: AsyncWebClient, room: Room) -> None:
    await slack.files_upload_v2(filename="a.txt", content="a", channel=room.id)
    await slack.files_upload_v2(filename="b.png", content=b"b", channel=room.id)

    pictures = await slack.files_list(types="images")
    page = await slack.files_list(count=1, page=2)

    assert [file["name"] for file in pictures["files"]] == ["b.png"]
    assert [file["name"] for file in page["files"]] == ["a.txt"]
    assert page["paging"] == {"count": 1, "total": 2, "page": 2, "pages": 2}
    assert await refusal(slack.files_list(types="songs")) == "unknown_type"
    assert await refusal(slack.files_list(user="U404")) == "user_not_found"


async def test_of_a_deleted_file_a_tombstone_is_left(slack: AsyncWebClient, room: Room) -> None:
    answer = await slack.files_upload_v2(
        filename="a.txt", content="a", channel=room.id, initial_comment="gone soon"
    )
    name = answer["file"]["id"]

    await slack.files_delete(file=name)

    assert (await room.message("gone soon")).wire["files"] == [{"id": name, "mode": "tombstone"}]
    assert await refusal(slack.files_info(file=name)) == "file_deleted"
    assert await refusal(slack.files_delete(file="F404")) == "file_not_found"


async def test_the_old_way_of_uploading_is_switched_off(slack: AsyncWebClient) -> None:
    call = slack.api_call("files.upload", data={"content": "a", "filename": "a.txt"})

    assert await refusal(call) == "method_deprecated"


async def test_files_survive_a_snapshot(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, alice: Person
) -> None:
    answer = await slack.files_upload_v2(filename="a.txt", content="kept", channel=room.id)

    state = await sandbox.snapshot()
    await sandbox.reset()
    await sandbox.restore(state)

    info = await slack.files_info(file=answer["file"]["id"])
    assert info["file"]["preview"] == "kept"


async def test_a_strange_name_makes_no_strange_address(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    answer = await slack.files_upload_v2(filename="../a b/<c>?.txt", content="a", channel=room.id)
    url = str(answer["file"]["url_private_download"])
    bearer = {"Authorization": f"Bearer {sandbox.bot_token}"}

    async with aiohttp.ClientSession() as session, session.get(url, headers=bearer) as opened:
        assert await opened.text() == "a"
    assert url.endswith("/download/a_b_c_.txt")


async def test_files_and_scheduled_messages_follow_a_channel_to_its_new_id(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    answer = await slack.files_upload_v2(filename="a.txt", content="a", channel=room.id)
    at = int(sandbox.clock.seconds()) + 60
    await slack.chat_scheduleMessage(channel=room.id, post_at=at, text="later")

    await sandbox.control.act("change_channel_id", user="alice", channel=room.id)
    await sandbox.advance(61)

    moved = await sandbox.channel_named("room")
    assert moved.id != room.id
    info = await slack.files_info(file=answer["file"]["id"])
    assert info["file"]["channels"] == [moved.id]
    assert await moved.message("later")


async def test_a_file_outlives_the_channel_it_was_shared_in(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room
) -> None:
    answer = await slack.files_upload_v2(filename="a.txt", content="a", channel=room.id)

    await sandbox.control.act("delete_channel", user="alice", channel=room.id)

    info = await slack.files_info(file=answer["file"]["id"])
    assert info["file"]["channels"] == []
    assert [file["name"] for file in (await slack.files_list())["files"]] == ["a.txt"]
