"""Bodies and headers no client would send: each door answers with an error of its own."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.json_text import DEEPEST, read_json
from sandbox.json_types import Json
from sandbox.server import Sandbox
from tests.sandbox.app_manifest import manifest
from tests.sandbox.cards import CARD
from tests.sandbox.listening_app import ListeningApp, Told
from tests.sandbox.socket_app import SocketApp

JSON = "application/json; charset=utf-8"
DEEP = "[" * 100_000
ODD = [
    DEEP,
    '{"a":' * 20_000,
    "[" * DEEPEST + "[]" + "]" * DEEPEST,
    '{"text": NaN}',
    '{"text": Infinity}',
    '{"text": -1e999}',
]
PART = b'--z\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding'
BROKEN_FORMS = [
    b"--z\r\nbroken",
    b"--z\r\n: \r\n\r\n",
    PART + b": odd\r\n\r\nx\r\n--z--",
    PART + b": base64\r\n\r\nx\r\n--z--",
]
MULTIPART = {"Content-Type": "multipart/form-data; boundary=z"}


async def post(url: str, **parts: Any) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.post(url, **parts) as answer:
        return answer.status, await answer.text()


async def error_of(url: str, status: int = 200, **parts: Any) -> str:
    found, text = await post(url, **parts)
    assert found == status, text
    answer: Json = json.loads(text)
    assert answer["ok"] is False
    return str(answer["error"])


@pytest.mark.parametrize("text", ODD)
def test_json_that_nobody_can_read_or_write_again_is_no_json(text: str) -> None:
    with pytest.raises(ValueError, match=r"deep|number"):
        read_json(text)


def test_json_may_be_as_deep_as_anybody_needs() -> None:
    text = "[" * DEEPEST + "]" * DEEPEST

    assert json.dumps(read_json(text)) == text


@pytest.mark.parametrize("body", ODD)
async def test_the_web_api_takes_no_such_json(sandbox: Sandbox, body: str) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}", "Content-Type": JSON}
    url = sandbox.api_url + "chat.postMessage"

    assert await error_of(url, data=body, headers=headers) == "invalid_arguments"


@pytest.mark.parametrize("blocks", ODD)
async def test_nor_inside_an_argument(
    sandbox: Sandbox, slack: AsyncWebClient, room: Room, blocks: str
) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}"}
    form = {"channel": room.id, "text": "x", "blocks": blocks}

    error = await error_of(sandbox.api_url + "chat.postMessage", data=form, headers=headers)

    assert error == "invalid_blocks_format"


@pytest.mark.parametrize("body", ODD)
async def test_nor_does_the_control_api(sandbox: Sandbox, body: str) -> None:
    for door in ("act/post", "settings", "faults", "restore", "clock/advance", "tokens"):
        status, text = await post(f"{sandbox.url}/_sandbox/{door}", data=body)
        assert (status, json.loads(text)["error"]) == (400, "invalid_request"), door


async def test_a_charset_nobody_knows_is_no_json_either(sandbox: Sandbox) -> None:
    headers = {"Content-Type": "application/json; charset=nonsense"}
    url = f"{sandbox.url}/_sandbox/act/post"

    assert await error_of(url, 400, data="{}", headers=headers) == "invalid_request"


@pytest.mark.parametrize("body", [*ODD, "{'text': 'x'}"])
async def test_a_command_is_not_answered_with_it(
    sandbox: Sandbox, app: ListeningApp, alice: Person, general: Room, body: str
) -> None:
    sandbox.expects("invalid_ack")
    answer_as_json(app, "command", body)

    outcome = await alice.types(general, "/hello")

    assert (outcome["ok"], outcome["error"]) == (False, "invalid_answer")
    [finding] = await sandbox.findings()
    assert "/hello" in finding["message"]
    assert "JSON" in finding["message"]


async def test_a_click_is_taken_whatever_the_ack_says_but_it_is_noted(
    sandbox: Sandbox, app: ListeningApp, slack: AsyncWebClient, alice: Person, room: Room
) -> None:
    sandbox.expects("invalid_ack")
    answer_as_json(app, "block_actions", DEEP)
    await slack.chat_postMessage(channel=room.id, text="Card", blocks=CARD)

    outcome = await alice.clicks(await room.message("Card"), "Go")

    assert outcome["ok"]
    assert [entry["ok"] for entry in sandbox.world.journal.after(0) if entry["kind"] == "ack"]


def answer_as_json(app: ListeningApp, kind: str, body: str) -> None:
    async def answer(_told: Told) -> web.StreamResponse:
        return web.Response(text=body, content_type="application/json")

    app.answers[kind] = answer


@pytest.mark.parametrize("body", ODD)
@pytest.mark.parametrize("is_form", [True, False])
async def test_a_response_url_takes_no_such_json(
    sandbox: Sandbox,
    app: ListeningApp,
    alice: Person,
    general: Room,
    body: str,
    is_form: bool,
) -> None:
    sandbox.expects("invalid_response")
    await alice.types(general, "/hello")
    url = app.heard("command")[-1].payload["response_url"]
    sent: Any = {"payload": body} if is_form else body
    headers = {} if is_form else {"Content-Type": JSON}

    assert await error_of(url, 400, data=sent, headers=headers) == "invalid_payload"


@pytest.mark.parametrize("frame", ODD)
async def test_a_frame_that_is_no_json_leaves_the_socket_open(frame: str) -> None:
    async with Sandbox(manifest(socket_mode=True)) as sandbox:
        sandbox.expects("invalid_frame")
        async with SocketApp(sandbox) as app:
            await app.socket.send_str(frame)
            outcome = await sandbox.person("alice").types("#general", "/hello")

        assert outcome["ok"]


@pytest.mark.parametrize("body", BROKEN_FORMS)
async def test_a_broken_form_is_invalid_form_data(
    sandbox: Sandbox, slack: AsyncWebClient, body: bytes
) -> None:
    ticket = await slack.files_getUploadURLExternal(filename="a.txt", length=5)

    error = await error_of(sandbox.api_url + "chat.postMessage", data=body, headers=MULTIPART)
    assert error == "invalid_form_data"
    assert await post(ticket["upload_url"], data=body, headers=MULTIPART) == (
        400,
        "invalid_form_data",
    )
    # The ticket has not been used up.
    assert (await post(ticket["upload_url"], data=b"hello"))[0] == 200


@pytest.mark.parametrize("token", ["\xff", "xoxb-\xe9", "\u00fc\u4e00"])
async def test_a_token_of_any_letters_is_invalid(sandbox: Sandbox, token: str) -> None:
    headers = {"Authorization": f"Bearer {token}"}
    url = sandbox.api_url + "auth.test"

    assert await error_of(url, headers=headers) == "invalid_auth"
    assert await error_of(url, data={"token": token}) == "invalid_auth"


async def raw_status(sandbox: Sandbox, header: bytes, path: str = "clock/advance") -> bytes:
    """What a request with these bytes in a header is answered with, for no client sends them."""
    port = sandbox.url.rpartition(":")[2]
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
    lines = [f"POST {path} HTTP/1.1".encode(), b"Content-Length: 0", header]
    if not header.startswith(b"Host"):
        lines.append(b"Host: localhost:" + port.encode())
    writer.write(b"\r\n".join([*lines, b"Connection: close", b"", b""]))
    answer = await reader.read()
    writer.close()
    return answer


@pytest.mark.parametrize("token", [b"\xff", b"xoxb-\xe9\x80"])
async def test_bytes_that_are_no_text_are_no_token(sandbox: Sandbox, token: bytes) -> None:
    answer = await raw_status(sandbox, b"Authorization: Bearer " + token, "/api/auth.test")

    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b'{"ok": false, "error": "invalid_auth"}')


async def test_nor_do_they_open_files_or_name_an_app(sandbox: Sandbox) -> None:
    file = await raw_status(sandbox, b"Authorization: Bearer \xff", "/files-pri/T1-F1/x")
    app = await raw_status(sandbox, b"Authorization: Basic \xff", "/api/oauth.v2.access")

    assert file.startswith((b"HTTP/1.1 403", b"HTTP/1.1 405"))
    assert b"invalid_client_id" in app or b"invalid_arguments" in app


async def test_nor_are_they_the_control_secret() -> None:
    async with Sandbox(manifest(), control_secret="open sesame") as sandbox:
        for header in (b"X-Sandbox-Secret: \xff", b"Cookie: sandbox_secret=\xff"):
            answer = await raw_status(sandbox, header, "/_sandbox/reset")

            assert answer.startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize("header", [b"Origin: http://[", b"Origin: \xff", b"Host: ["])
async def test_an_origin_that_is_no_address_is_foreign(sandbox: Sandbox, header: bytes) -> None:
    answer = await raw_status(sandbox, header, "/_sandbox/reset")

    assert answer.startswith((b"HTTP/1.1 403", b"HTTP/1.1 400"))
