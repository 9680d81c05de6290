"""`docs/sandbox.md` says what is there, and the programs it quotes work as they stand."""

import re
from argparse import ArgumentParser
from dataclasses import fields
from pathlib import Path

import pytest

from sandbox.control.rate_settings import Rates
from sandbox.conversation.card import Card
from sandbox.conversation.form import Form
from sandbox.conversation.person import Person
from sandbox.conversation.room import Room
from sandbox.doors import Works, application
from sandbox.facts.findings import FINDINGS
from sandbox.faults.kinds import KINDS
from sandbox.options import add_options
from sandbox.preferences import Preferences
from sandbox.server import Sandbox
from sandbox.transport import TransportSettings
from sandbox.web_api.table import HANDLERS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "sandbox.md").read_text(encoding="utf-8")
ACTS = "/_sandbox/act/"


def section(title: str) -> str:
    """The text below one heading."""
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def table(head: str) -> dict[str, str]:
    """The rows of the table with this first head: what stands in code, and what it means."""
    below = PAGE.split(f"| {head} | ")[1].split("\n\n")[0]
    return dict(re.findall(r"^\| `([^`]+)` \| (.*) \|$", below, re.MULTILINE))


def served() -> set[str]:
    """Every request that the control API answers."""
    world = Sandbox(DOCS / "sandbox/app.yml").world
    routes = application(world, Works(world, None), (), "").router.routes()
    places = [(route.method, route.resource.canonical) for route in routes if route.resource]
    return {
        f"{method} {place}"
        for method, place in places
        if place.startswith("/_sandbox/") and method != "HEAD"
    }


def acts() -> set[str]:
    return {place.split(ACTS)[1] for place in served() if ACTS in place}


@pytest.mark.parametrize("name", ["app.yml", "hello.py", "hello.mjs", "test_hello.py"])
def test_every_program_is_quoted_as_it_stands(name: str) -> None:
    text = (DOCS / "sandbox" / name).read_text(encoding="utf-8")

    assert f"\n{text}```\n" in PAGE


@pytest.mark.parametrize(
    "kind", [Person, Room, Card, Form, Sandbox], ids=lambda kind: kind.__name__
)
def test_whoever_reads_of_a_word_of_the_conversation_can_use_it(kind: type[object]) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind.__name__}`"))

    told = set(re.findall(r"`(\w+)`", row.split(" | ", 1)[1]))

    public = {name for name in dir(kind) if not name.startswith("_")}
    assert told - public - {"name"} == set()
    assert len(told) >= 5


def test_every_finding_is_explained() -> None:
    assert table("finding") == dict(FINDINGS)


def test_every_kind_of_fault_is_explained() -> None:
    assert set(table("kind")) == set(KINDS)


def test_every_request_of_the_control_api_is_listed() -> None:
    others = {place for place in served() if ACTS not in place}

    assert set(table("request")) == {*others, f"POST {ACTS}{{name}}"}
    assert set(table("act")) == acts()


def test_every_setting_is_explained() -> None:
    known = {one.name for kind in (Preferences, Rates, TransportSettings) for one in fields(kind)}

    others = {"restricted_actions", "broadcasts_allowed", "app_url"}
    assert set(table("setting")) == known | others


def test_every_option_is_explained() -> None:
    parser = ArgumentParser(add_help=False)
    add_options(parser)
    options = {option for action in parser._actions for option in action.option_strings}

    told = {option.split()[0] for option in table("option")}
    assert told == options | {"--manifest", "--json"}


def test_every_method_is_listed() -> None:
    listed = re.findall(r"`([a-z]+\.[\w.]+)`", section("What is modelled"))

    assert listed == sorted(HANDLERS)
