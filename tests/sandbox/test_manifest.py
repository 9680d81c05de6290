"""A manifest is read as strictly as Slack reads it, and every refusal says what to mend."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from sandbox.json_types import Json
from sandbox.manifest import BadManifest, load_manifest, parse_manifest
from tests.sandbox.app_manifest import manifest
from tests.sandbox.manifest_vectors import (
    AT_LEAST,
    AT_MOST,
    COMMAND,
    COUNTED,
    EVENTS,
    MISTAKES,
    NAME,
    URL,
    Make,
    changed,
    named,
    put,
)


def complaints(description: Json) -> list[str]:
    with pytest.raises(BadManifest) as refusal:
        parse_manifest(description)
    return str(refusal.value).splitlines()


@named(AT_MOST)
def test_what_just_fits_is_taken_and_one_more_is_refused(
    path: str, number: int, make: Make
) -> None:
    assert parse_manifest(put(path, make(number - 1)))
    assert parse_manifest(put(path, make(number)))

    (complaint,) = complaints(put(path, make(number + 1)))
    assert complaint.startswith(path)
    assert str(number) in complaint


@named(AT_LEAST)
def test_what_is_long_enough_is_taken_and_one_less_is_refused(
    path: str, number: int, make: Make
) -> None:
    assert parse_manifest(put(path, make(number + 1)))
    assert parse_manifest(put(path, make(number)))

    (complaint,) = complaints(put(path, make(number - 1)))
    assert complaint.startswith(path)


@named(COUNTED)
def test_there_are_at_most_100_events_and_255_scopes(path: str, number: int, make: Make) -> None:
    too_many = f"{path} may have at most {number} entries; it has {number + 1}."

    for fits in (number - 1, number):
        assert not [line for line in complaints(put(path, make(fits))) if "entries" in line]
    assert complaints(put(path, make(number + 1))) == [too_many]


@pytest.mark.parametrize(("path", "value", "sentence"), MISTAKES)
def test_a_mistake_is_named_with_its_place(path: str, value: Any, sentence: str) -> None:
    lines = complaints(changed(path, value))

    assert [line for line in lines if sentence in line], lines


def test_all_mistakes_are_told_at_once() -> None:
    description = changed(f"{NAME}.name", "", changed("features.bot_user.display_name", ""))

    assert len(complaints(description)) == 2


def test_a_manifest_without_a_name_is_none() -> None:
    assert complaints({}) == ["display_information is missing."]


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("features.slash_commands", [COMMAND | {"url": URL}]),
        (f"{EVENTS}.request_url", URL),
        ("settings.interactivity.request_url", URL),
        ("settings.interactivity.message_menu_options_url", URL),
    ],
)
def test_an_app_is_reached_over_http_or_socket_mode_but_not_both(path: str, value: Any) -> None:
    over_http = changed(path, value)

    assert not parse_manifest(over_http).socket_mode
    (complaint,) = complaints(changed("settings.socket_mode_enabled", True, over_http))
    assert "Socket Mode delivers everything" in complaint


def test_without_any_address_the_app_says_itself_where_it_listens() -> None:
    app = parse_manifest(manifest())

    assert (app.events_url, app.interactivity_url, app.options_url) == ("", "", "")
    assert not app.socket_mode
    assert parse_manifest(changed("settings.socket_mode_enabled", True)).socket_mode


def test_a_manifest_says_all_an_app_consists_of() -> None:
    description = changed(f"{EVENTS}.request_url", URL)
    description = changed("settings.interactivity.request_url", URL + "/i", description)
    description = changed("features.unfurl_domains", ["example.com"], description)
    description = changed("oauth_config.scopes.user", ["chat:write"], description)
    description = changed("oauth_config.scopes.bot_optional", ["files:read"], description)

    app = parse_manifest(description)

    assert (app.events_url, app.interactivity_url) == (URL, URL + "/i")
    assert app.unfurl_domains == ("example.com",)
    assert app.user_scopes == {"chat:write"}
    assert "files:read" in app.bot_scopes
    hello = app.command("/hello")
    assert hello
    assert (hello.usage_hint, hello.url) == ("[name]", "")


@pytest.mark.parametrize("indent", [2, "\t"])
def test_a_manifest_is_read_from_json_and_yaml(tmp_path: Path, indent: int | str) -> None:
    as_json, as_yaml = tmp_path / "app.json", tmp_path / "app.yml"
    as_json.write_text(json.dumps(manifest(), indent=indent))
    as_yaml.write_text(yaml.safe_dump(manifest()))

    assert load_manifest(as_json) == load_manifest(str(as_yaml)) == load_manifest(manifest())


@pytest.mark.parametrize("text", ["{", "- a\n- b", "a: [", '"text"'])
def test_a_file_that_is_no_manifest_is_refused_by_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "app.yml"
    path.write_text(text)

    with pytest.raises(BadManifest, match=r"app\.yml"):
        load_manifest(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadManifest, match=r"nowhere\.yml cannot be read"):
        load_manifest(tmp_path / "nowhere.yml")
