"""How a call may be sent: verb, content type, charset, names, kinds and sizes of arguments."""

import io
import json
from collections.abc import AsyncIterator

import aiohttp
import pytest

from sandbox.facts.method import Method
from sandbox.facts.methods import METHODS
from sandbox.json_types import Json
from sandbox.web_api.dispatch import READING_METHODS
from tests.sandbox.right_calls import NEVER_RIGHT, RIGHT_CALLS
from tests.sandbox.stage import Stage, staged

FORM = "application/x-www-form-urlencoded"
WITHOUT_TYPE = {"Content-Type"}


@pytest.fixture
async def stage() -> AsyncIterator[Stage]:
    async with staged() as stage:
        stage.names["code"] = "7.code"
        stage.sandbox.world.oauth_codes["7.code"] = ""
        yield stage


@pytest.fixture
async def bare() -> AsyncIterator[Stage]:
    async with staged(furnished=False) as stage:
        yield stage


async def raw(stage: Stage, method: str, body: bytes, content_type: str) -> Json:
    return await stage.post(method, data=body, headers={"Content-Type": content_type})


async def get(stage: Stage, method: str, arguments: dict[str, str], verb: str = "GET") -> Json:
    headers = {"Authorization": f"Bearer {stage.secret_for(method)}"}
    address = stage.sandbox.api_url + method
    async with stage.session.request(verb, address, params=arguments, headers=headers) as response:
        assert response.status == 200
        answer: Json = await response.json()
        return answer


def of_kind(wanted: bool, methods: dict[str, Method]) -> list[str]:
    return sorted(name for name, facts in methods.items() if facts.takes_json == wanted)


RIGHT = {name: facts for name, facts in METHODS.items() if name not in NEVER_RIGHT}


@pytest.mark.parametrize("method", of_kind(True, RIGHT))
async def test_json_is_taken_where_slack_takes_it(stage: Stage, method: str) -> None:
    answer = await stage.post(method, json=RIGHT_CALLS[method](stage))

    assert answer["ok"], answer


async def test_json_is_refused_where_slack_reads_forms_only(stage: Stage) -> None:
    for method in of_kind(False, RIGHT):
        answer = await stage.post(method, json=RIGHT_CALLS[method](stage))

        assert answer["error"] == "invalid_post_type", method


def as_query(arguments: Json) -> dict[str, str]:
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in arguments.items()
    }


async def test_get_reads(stage: Stage) -> None:
    reading = {method for method in RIGHT if METHODS[method].reads} | READING_METHODS
    for method in sorted(reading - {"auth.revoke"}):
        answer = await get(stage, method, as_query(RIGHT_CALLS[method](stage)))

        assert answer["ok"], (method, answer)


async def test_get_changes_nothing(stage: Stage) -> None:
    for method in sorted(RIGHT.keys() - READING_METHODS):
        if METHODS[method].reads:
            continue
        answer = await get(stage, method, as_query(RIGHT_CALLS[method](stage)))

        assert answer["error"] == "invalid_arguments", method
        assert answer["response_metadata"]["messages"] == [
            "[ERROR] this method must be called with POST"
        ]


@pytest.mark.parametrize("verb", ["PUT", "DELETE", "PATCH"])
async def test_other_verbs_are_refused(bare: Stage, verb: str) -> None:
    assert (await get(bare, "users.list", {}, verb))["error"] == "invalid_arguments"


async def test_a_multipart_form_is_a_form(stage: Stage) -> None:
    with aiohttp.MultipartWriter("form-data") as form:
        for name, value in {"channel": stage["room"], "text": "Hé"}.items():
            form.append(value).set_content_disposition("form-data", name=name)

        answer = await stage.post("chat.postMessage", data=form)

    assert answer["message"]["text"] == "Hé"


BODIES: list[tuple[bytes, str, str]] = [
    (b"text=x", "application/xml", "invalid_post_type"),
    (b"text=x", "application/octet-stream", "invalid_post_type"),
    (b"text=x", f"{FORM}; charset=utf-16", "invalid_charset"),
    (b"{}", "application/json; charset=klingon", "invalid_charset"),
    (b"text=\xff\xfe", FORM, "invalid_form_data"),
    (b"no parts at all", "multipart/form-data; boundary=x", "invalid_form_data"),
    (b"text=x", "multipart/form-data", "invalid_form_data"),
    (b"{", "application/json; charset=utf-8", "invalid_arguments"),
    (b"[]", "application/json; charset=utf-8", "invalid_arguments"),
    (b"[" * 100_000, "application/json; charset=utf-8", "invalid_arguments"),
    (b"\xff\xfe", "application/json; charset=utf-8", "invalid_arguments"),
    (b"channel[]=C1&text=x", FORM, "invalid_array_arg"),
    (b"channel[0]=C1&text=x", FORM, "invalid_array_arg"),
    (b"a-b=1", FORM, "invalid_arg_name"),
    (b"=1", FORM, "invalid_arg_name"),
    (b"a" * 200 + b"=1", FORM, "invalid_arg_name"),
    (b'{"a b": 1}', "application/json; charset=utf-8", "invalid_arg_name"),
    (b"channel=C1", "text/plain", "channel_not_found"),
]


@pytest.mark.parametrize(("body", "content_type", "error"), BODIES)
async def test_a_body_that_cannot_be_read_says_why(
    bare: Stage, body: bytes, content_type: str, error: str
) -> None:
    assert (await raw(bare, "chat.postMessage", body, content_type))["error"] == error


async def test_a_body_without_a_content_type_is_refused(bare: Stage) -> None:
    answer = await bare.post("auth.test", data=b"x", skip_auto_headers=WITHOUT_TYPE)

    assert answer["error"] == "missing_post_type"


async def test_no_body_needs_no_content_type(bare: Stage) -> None:
    assert (await bare.post("auth.test", skip_auto_headers=WITHOUT_TYPE))["ok"]


async def test_a_giant_body_is_not_even_read(bare: Stage) -> None:
    address = bare.sandbox.api_url + "chat.postMessage"

    giant = io.BytesIO(b"text=" + b"x" * 9_000_000)
    headers = {"Content-Type": FORM}
    async with bare.session.post(address, data=giant, headers=headers) as response:
        assert response.status == 413


@pytest.mark.parametrize(
    ("content_type", "warnings"),
    [
        ("application/json", ["missing_charset"]),
        ("application/json; charset=utf-8", []),
        (f"{FORM}; charset=utf-8", ["superfluous_charset"]),
        (FORM, []),
    ],
)
async def test_a_charset_too_few_or_too_many_is_a_warning(
    bare: Stage, content_type: str, warnings: list[str]
) -> None:
    body = b"{}" if "json" in content_type else b"a=1"

    answer = await raw(bare, "auth.test", body, content_type)

    assert answer["ok"]
    assert answer.get("response_metadata", {}).get("warnings", []) == warnings
    assert answer.get("warning", "") == ",".join(warnings)


async def test_a_warning_leaves_other_metadata_alone(stage: Stage) -> None:
    answer = await raw(stage, "conversations.history", b"{", "application/json")
    page = await raw(
        stage,
        "conversations.history",
        json.dumps({"channel": stage["room"], "limit": 1}).encode(),
        "application/json",
    )

    assert answer["response_metadata"]["messages"] == ["[ERROR] the body is not JSON"]
    assert page["response_metadata"]["next_cursor"]
    assert page["response_metadata"]["warnings"] == ["missing_charset"]
