"""Payloads are found in the forms in which some tools wrap them."""

from contextlib import suppress

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.web.problems import Refusal
from bot.webhooks.forms import json_in, json_of_fields
from bot.webhooks.source import Knock

MULTIPART = 'multipart/form-data; charset=utf-8; boundary="b-1"'
FORM = "application/x-www-form-urlencoded"
PAYLOAD = b'{"a": "--b-1 is no boundary here"}'


def knock(body: bytes, kind: str = "application/json", **query: str) -> Knock:
    return Knock(headers={"content-type": kind}, body=body, query=query)


def multipart(*parts: bytes) -> bytes:
    return b"".join(b"--b-1\r\n" + part + b"\r\n" for part in parts) + b"--b-1--\r\n"


def part(name: bytes, content: bytes) -> bytes:
    return b"Content-Disposition: form-data; name=" + name + b"\r\n\r\n" + content


@pytest.mark.parametrize("name", [b'"data"', b"data"])
def test_a_field_of_a_multipart_form_is_found_among_others(name: bytes) -> None:
    body = multipart(part(b'"other"', b"no"), part(name, PAYLOAD))

    assert json_in("data", knock(body, MULTIPART)) == PAYLOAD


def test_a_field_of_an_ordinary_form_is_found() -> None:
    assert json_in("data", knock(b"x=1&data=%7B%7D", FORM)) == b"{}"


@pytest.mark.parametrize("kind", ["application/json", FORM, "", "text/plain"])
def test_json_is_taken_for_json_whatever_it_is_called(kind: str) -> None:
    assert json_in("data", knock(b' {"a":1}', kind)) == b' {"a":1}'
    assert json_of_fields(knock(b' {"a":1}', kind)) == b' {"a":1}'


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (multipart(part(b'"other"', b"no")), MULTIPART),
        (b"", MULTIPART),
        (b"--b-1", MULTIPART),
        (multipart(b"no head"), MULTIPART),
        (multipart(part(b'"data"', PAYLOAD)), "multipart/form-data"),
        (multipart(part(b'"data"', PAYLOAD)), "multipart/form-data; boundary="),
        (b"other=1", FORM),
        (b"\xff=1", FORM),
    ],
)
def test_a_form_without_the_field_is_refused_by_its_name(body: bytes, kind: str) -> None:
    with pytest.raises(Refusal) as refused:
        json_in("data", knock(body, kind))

    assert refused.value.problem.status == 400
    assert "form" in str(refused.value)


def test_the_fields_of_a_form_become_an_object() -> None:
    taken = json_of_fields(knock(b"monitorID=1&alertDetails=a%20b", FORM))

    assert orjson.loads(taken) == {"monitorID": "1", "alertDetails": "a b"}


def test_without_a_body_the_query_is_the_form() -> None:
    taken = json_of_fields(knock(b"", FORM, monitorID="1"))

    assert orjson.loads(taken) == {"monitorID": "1"}


@given(body=st.binary() | st.just(multipart(part(b'"data"', PAYLOAD))), kind=st.text())
def test_whatever_a_form_looks_like_it_is_taken_or_refused(body: bytes, kind: str) -> None:
    bounded = f"multipart/form-data; boundary={kind}"
    for content_type in (kind, f"{MULTIPART}; {kind}", bounded, FORM):
        with suppress(Refusal):
            assert json_in("data", knock(body, content_type)) in body or content_type == FORM
        with suppress(Refusal):
            assert isinstance(json_of_fields(knock(body, content_type)), bytes)
