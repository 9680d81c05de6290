"""manifest.yml says what the code does: commands, events, scopes."""

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.app import EVENTS_PATH
from bot.slack.config import SlackConfig
from bot.slack.events import EVENTS
from bot.slack.listeners import messages, shortcuts
from bot.slack.methods import BOT_SCOPES, METHODS
from bot.slack.oauth import REDIRECT
from core.domain.ids import OrganizationId

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared" / "slack"
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text())


def reference(name: str) -> Any:
    """A file of Slack's reference beside the repository."""
    file = SHARED / name
    if not file.exists() and not os.environ.get("CI"):
        pytest.skip(f"Slack's reference {name} is not beside this repository.")
    return json.loads(file.read_text())


def test_it_is_valid_by_slacks_own_schema() -> None:
    schema = reference("manifest/manifest.schema.2.0.0.json")

    errors = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(MANIFEST)]

    assert errors == []


def test_its_commands_are_those_listened_to() -> None:
    commands = [entry["command"] for entry in MANIFEST["features"]["slash_commands"]]

    config = SlackConfig(organization_id=OrganizationId("org_1"))
    assert commands == [config.command, config.maintenance_command]


def test_its_events_are_those_listened_to() -> None:
    assert sorted(MANIFEST["settings"]["event_subscriptions"]["bot_events"]) == sorted(EVENTS)


def test_its_scopes_are_those_of_the_methods_called_and_no_more() -> None:
    assert sorted(MANIFEST["oauth_config"]["scopes"]["bot"]) == [*BOT_SCOPES]


def test_every_address_in_it_is_one_we_answer() -> None:
    settings, features = MANIFEST["settings"], MANIFEST["features"]
    asked = [
        settings["event_subscriptions"]["request_url"],
        settings["interactivity"]["request_url"],
        settings["interactivity"]["message_menu_options_url"],
        *(command["url"] for command in features["slash_commands"]),
    ]

    assert {url.removeprefix("https://tocsin.example.com") for url in asked} == {EVENTS_PATH}
    [redirect] = MANIFEST["oauth_config"]["redirect_urls"]
    assert redirect.removeprefix("https://tocsin.example.com") == REDIRECT


@pytest.mark.parametrize("name", sorted(METHODS))
def test_each_method_is_allowed_and_slow_enough_by_slacks_reference(name: str) -> None:
    published = reference("method-index.json")[name]

    scopes, granted = set(METHODS[name].scopes), set(published["bot_scopes"] or ())
    assert bool(scopes) is bool(granted)
    assert scopes <= granted
    assert METHODS[name].per_minute <= (published["per_minute"] or 100)


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_each_event_asks_for_the_scopes_that_slack_wants(event: str) -> None:
    """Slack's table leaves out the events that archive and unarchive channels."""
    published = reference("event-scopes.json").get(event, {"scopes": EVENTS[event]})

    assert set(EVENTS[event]) == set(published["scopes"]) - {"mpim:read"}


def test_every_method_has_a_name_that_slacks_client_knows() -> None:
    known = {name.replace("_", ".").lower() for name in dir(AsyncWebClient)}

    assert {name.lower() for name in METHODS} <= known


def test_every_method_that_is_listed_is_called() -> None:
    sources = [file for file in (ROOT / "bot" / "slack").rglob("*.py") if file.name != "methods.py"]
    called = "\n".join(file.read_text() for file in sources)

    assert [name for name in METHODS if f'"{name}"' not in called] == []


def test_its_shortcuts_are_those_listened_to() -> None:
    listed = {one["callback_id"] for one in MANIFEST["features"]["shortcuts"]}

    assert listed == {shortcuts.DECLARE, shortcuts.DECLARE_FROM, messages.SHORTCUT}
