"""Whatever comes, every source either reads it or says why not."""

from contextlib import suppress
from dataclasses import replace
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.problems import Refusal
from bot.webhooks.source import Heard, Knock, NotUnderstood
from bot.webhooks.sources import SOURCES
from core.domain.alert import AlertStatus
from core.domain.source_settings import SourceSettings
from core.errors import CoreError
from tests.fakes.moment import NOON
from tests.integration.webhooks.cases import CASES

HEARD = Heard(received_at=NOON)
FEW = settings(max_examples=40)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(width=32) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
READERS = [source for source in SOURCES.values() if source.require]


def read(source: Any, payload: Any, heard: Heard = HEARD) -> None:
    """Its alerts can be kept, unless it is refused."""
    try:
        alerts = source.parse(orjson.loads(orjson.dumps(payload)), heard)
    except (NotUnderstood, Refusal, CoreError):
        return
    for alert in alerts:
        assert alert.fingerprint.strip()
        assert alert.name.strip()
        assert alert.starts_at.tzinfo
        assert alert.status in AlertStatus
        orjson.dumps([alert.labels, alert.links, alert.summary, alert.description])


@pytest.mark.parametrize("source", READERS, ids=lambda source: source.name)
@FEW
@given(payload=VALUES)
def test_any_json_is_read_or_refused(source: Any, payload: Any) -> None:
    read(source, payload)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.source)
@FEW
@given(data=st.data())
def test_a_right_payload_with_one_wrong_value_is_read_or_refused(
    case: Any, data: st.DataObject
) -> None:
    payload = orjson.loads(orjson.dumps(case.firing))
    holder, name = data.draw(st.sampled_from(list(_places(payload))), label="where")
    holder[name] = data.draw(VALUES, label="what")

    read(SOURCES[case.source], payload, replace(HEARD, settings=SourceSettings(**case.settings)))


@pytest.mark.parametrize("source", READERS, ids=lambda source: source.name)
@FEW
@given(body=st.binary(max_size=80), kind=TEXT)
def test_any_bytes_are_taken_or_refused(source: Any, body: bytes, kind: str) -> None:
    headers = {"content-type": kind, "ce-specversion": "1.0"}

    with suppress(Refusal):
        assert isinstance(source.take(Knock(headers=headers, body=body)), bytes)


def _places(value: Any) -> Any:
    """Every place in a payload that holds a value."""
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for name, inner in list(entries):
        yield value, name
        if isinstance(inner, dict | list):
            yield from _places(inner)
