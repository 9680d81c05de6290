"""Only what can be asked is asked, and a secret goes nowhere but where it was given for."""

from typing import Any

import pytest

from core.bus import CommandBus
from core.commands import CreateIntegration
from core.commands.alerting import EditIntegration
from core.domain.ids import OrganizationId
from core.domain.integration import Integration
from core.errors import InvalidInput
from tests.fakes.people import the_operator

HERE = OrganizationId("org_1")
HOME = "https://alerts.example.com/api"


async def _created(bus: CommandBus, url: str = HOME, **wishes: Any) -> Integration:
    wish = {"source": "grafana", "sealed_secret": "sealed"} | wishes
    return await bus.execute(
        CreateIntegration(
            caller=the_operator(HERE),
            name="Production",
            token_hash="hash",
            settings={"check_url": url},
            **wish,
        )
    )


async def _moved(
    bus: CommandBus, source: Integration, url: str, secret: str | None = None
) -> Integration:
    return await bus.execute(
        EditIntegration(
            caller=the_operator(HERE),
            integration_id=source.id,
            settings={"check_url": url},
            sealed_secret=secret,
        )
    )


@pytest.mark.parametrize("source", ["alertmanager", "prometheus", "grafana", "signoz"])
async def test_what_speaks_the_api_of_alertmanager_can_be_asked(
    bus: CommandBus, source: str
) -> None:
    created = await _created(bus, source=source)

    assert created.settings.check_url == HOME


@pytest.mark.parametrize("source", ["datadog", "opsgenie", "elasticsearch", "cloudevents"])
async def test_what_does_not_speak_it_is_refused_an_address(bus: CommandBus, source: str) -> None:
    with pytest.raises(InvalidInput, match="can be asked what fires") as refusal:
        await _created(bus, source=source)

    assert refusal.value.field == "settings.check_url"


@pytest.mark.parametrize(
    "url",
    [
        "https://thief.example.com/api",
        "https://alerts.example.com:8443/",
        "http://alerts.example.com",
    ],
)
async def test_a_secret_does_not_follow_an_address_to_another_host(
    bus: CommandBus, url: str
) -> None:
    source = await _created(bus)

    with pytest.raises(InvalidInput, match="give it anew") as refusal:
        await _moved(bus, source, url)

    assert refusal.value.field == "secret"


async def test_nor_to_the_first_address_that_there_is(bus: CommandBus) -> None:
    source = await _created(bus, "")

    with pytest.raises(InvalidInput, match="give it anew"):
        await _moved(bus, source, HOME)


@pytest.mark.parametrize("secret", ["sealed anew", ""])
async def test_with_the_secret_given_anew_or_taken_away_the_address_changes(
    bus: CommandBus, secret: str
) -> None:
    source = await _created(bus)

    moved = await _moved(bus, source, "https://elsewhere.example.com", secret)

    assert (moved.settings.check_url, moved.sealed_secret) == (
        "https://elsewhere.example.com",
        secret,
    )


@pytest.mark.parametrize("url", ["https://alerts.example.com/other", ""])
async def test_on_the_same_host_and_to_nowhere_it_changes_freely(bus: CommandBus, url: str) -> None:
    source = await _created(bus)

    moved = await _moved(bus, source, url)

    assert (moved.settings.check_url, moved.sealed_secret) == (url, "sealed")


async def test_a_secret_goes_to_a_public_address_by_https_only(bus: CommandBus) -> None:
    with pytest.raises(InvalidInput, match="https") as refusal:
        await _created(bus, "http://9.9.9.9:9093")

    assert refusal.value.field == "settings.check_url"
    inside = await _created(bus, "http://10.0.0.7:9093")
    assert inside.settings.check_url == "http://10.0.0.7:9093"
