"""An alert source goes by many names, and each has a page, a door and a URL."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.webhook_urls import TOKEN_IN_URL, webhook_url
from bot.webhooks import sources
from core.domain.ids import IntegrationId, ServiceId
from core.domain.integration import (
    ALIASES,
    SOURCES,
    Integration,
    events_source_id,
    source_called,
    source_named,
)
from core.errors import InvalidInput
from tests.fakes.moment import NOON

PAGES = Path(__file__).parents[3] / "docs" / "alerts"


@pytest.mark.parametrize(
    ("word", "source"),
    [
        ("Grafana", "grafana"),
        (" uptime-kuma ", "uptime_kuma"),
        ("Uptime Kuma", "uptime_kuma"),
        ("New Relic", "newrelic"),
        ("aws_cloudwatch", "cloudwatch"),
        ("incident.io", "incident_io"),
        ("GCP", "googlecloud"),
        ("prometheus", "prometheus"),
        ("Kibana", "elasticsearch"),
    ],
)
def test_a_source_is_known_by_each_of_its_names(word: str, source: str) -> None:
    assert source_named(word) == source_called(word) == source


@pytest.mark.parametrize("word", ["semaphore", "", "heartbeat", "x" * 10_000])
def test_what_is_no_source_is_refused_with_those_there_are(word: str) -> None:
    with pytest.raises(InvalidInput, match="use alertmanager, apprise") as refused:
        source_named(word)

    assert refused.value.field == "source"
    assert len(str(refused.value)) < 500
    assert source_called(word) is None


def test_every_other_name_leads_to_a_source() -> None:
    assert set(ALIASES.values()) <= set(SOURCES)
    assert not set(ALIASES) & set(SOURCES)


def test_what_is_offered_is_what_can_be_read_and_has_a_page() -> None:
    assert set(sources.SOURCES) == set(SOURCES)
    assert {name for name in SOURCES if not (PAGES / f"{name}.md").is_file()} == set()


@pytest.mark.parametrize("source", SOURCES)
def test_a_url_has_the_token_only_where_a_tool_needs_it_there(source: str) -> None:
    id = IntegrationId("int_1")

    url = webhook_url("https://tocsin.example", source, id, "secret")

    assert url.startswith("https://tocsin.example/")
    assert ("secret" in url) is (source in TOKEN_IN_URL)
    assert "secret" not in webhook_url("https://tocsin.example", source, id)


@pytest.mark.parametrize(
    ("changes", "given"),
    [
        ({"name": "Alertmanager of Leipzig"}, "Alertmanager of Leipzig"),
        ({"name": "alertmanager"}, ""),
        ({"source": "uptime_kuma", "name": "Uptime Kuma"}, ""),
        ({"source": "uptime_kuma", "name": "Grafana"}, "Grafana"),
        ({"source": "heartbeat", "name": "Heartbeats"}, ""),
        ({"id": events_source_id(ServiceId("svc_1")), "name": "Events of checkout"}, ""),
    ],
)
def test_a_name_is_given_where_it_says_more_than_the_kind_of_source(
    changes: dict[str, Any], given: str
) -> None:
    some = Integration(
        id=IntegrationId("int_1"),
        source="alertmanager",
        name="",
        token_hash="hash",
        created_at=NOON,
    )

    assert replace(some, **changes).given_name == given
