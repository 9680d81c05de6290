"""Manifests at their limits and with mistakes, each with the sentence that names it."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest

from sandbox.json_types import Json
from tests.sandbox.app_manifest import manifest

Make = Callable[[int], Any]
URL = "https://app.example.com/slack/events"
COMMAND = {"command": "/hello", "description": "Says hello"}
SHORTCUT = {"name": "Greet", "type": "global", "callback_id": "greet", "description": "Greets"}
NAME = "display_information"
EVENTS = "settings.event_subscriptions"


def changed(path: str, value: Any, start: Json | None = None) -> Json:
    """The manifest of these tests with one part replaced."""
    description = deepcopy(start or manifest())
    place: Any = description
    *parents, last = path.split(".")
    for name in parents:
        place = place.setdefault(name, {})
    place[last] = value
    return description


def put(path: str, value: Any) -> Json:
    """The manifest with that value; of a path into a list, the value is the whole list."""
    return changed(path.partition("[")[0], value)


def command(**parts: str) -> list[Json]:
    return [COMMAND | parts]


def shortcut(**parts: str) -> list[Json]:
    return [SHORTCUT | parts]


def address(length: int) -> str:
    return URL + "/" + "x" * (length - len(URL) - 1)


def commands(count: int) -> list[Json]:
    return [COMMAND | {"command": f"/hello{number}"} for number in range(count)]


def shortcuts(count: int) -> list[Json]:
    return [SHORTCUT | {"callback_id": f"greet{number}"} for number in range(count)]


def domains(count: int) -> list[str]:
    return [f"host{number}.example.com" for number in range(count)]


# Where, the number, and a value of any size or length.
AT_MOST: list[tuple[str, int, Make]] = [
    (f"{NAME}.name", 35, lambda n: "n" * n),
    (f"{NAME}.description", 140, lambda n: "d" * n),
    (f"{NAME}.long_description", 4_000, lambda n: "d" * n),
    ("features.bot_user.display_name", 80, lambda n: "b" * n),
    ("features.slash_commands", 50, commands),
    ("features.slash_commands[0].command", 32, lambda n: command(command="/" + "c" * (n - 1))),
    ("features.slash_commands[0].description", 2_000, lambda n: command(description="d" * n)),
    ("features.slash_commands[0].usage_hint", 1_000, lambda n: command(usage_hint="h" * n)),
    ("features.slash_commands[0].url", 3_000, lambda n: command(url=address(n))),
    ("features.shortcuts", 10, shortcuts),
    ("features.shortcuts[0].name", 24, lambda n: shortcut(name="n" * n)),
    ("features.shortcuts[0].callback_id", 255, lambda n: shortcut(callback_id="c" * n)),
    ("features.shortcuts[0].description", 150, lambda n: shortcut(description="d" * n)),
    ("features.unfurl_domains", 5, domains),
    ("features.unfurl_domains[0]", 255, lambda n: ["e" * n]),
    ("features.agent_view.agent_description", 300, lambda n: "d" * n),
    ("features.agent_view.suggested_prompts", 4, lambda n: [{"title": "t", "message": "m"}] * n),
    ("settings.interactivity.request_url", 3_500, address),
    ("settings.interactivity.message_menu_options_url", 3_500, address),
    (f"{EVENTS}.request_url", 3_500, address),
    ("oauth_config.redirect_urls", 1_000, lambda n: [f"{URL}/{number}" for number in range(n)]),
]
AT_LEAST: list[tuple[str, int, Make]] = [
    (f"{NAME}.name", 1, lambda n: "n" * n),
    (f"{NAME}.long_description", 175, lambda n: "d" * n),
    ("features.bot_user.display_name", 1, lambda n: "b" * n),
    ("features.slash_commands", 1, commands),
    ("features.slash_commands[0].command", 2, lambda n: command(command="/" + "c" * (n - 1))),
    ("features.slash_commands[0].description", 1, lambda n: command(description="d" * n)),
    ("features.shortcuts", 1, shortcuts),
    ("features.shortcuts[0].name", 1, lambda n: shortcut(name="n" * n)),
    ("features.unfurl_domains", 1, domains),
]
# More than there are names for: what is counted here need not exist.
COUNTED: list[tuple[str, int, Make]] = [
    (f"{EVENTS}.bot_events", 100, lambda n: [f"event_{number}" for number in range(n)]),
    (f"{EVENTS}.user_events", 100, lambda n: [f"event_{number}" for number in range(n)]),
    ("oauth_config.scopes.bot", 255, lambda n: [f"scope:{number}" for number in range(n)]),
    ("oauth_config.scopes.user", 255, lambda n: [f"scope:{number}" for number in range(n)]),
]

MISTAKES: list[tuple[str, Any, str]] = [
    (f"{NAME}.name", 7, f"{NAME}.name must be a text."),
    (f"{NAME}.colour", "#fff", f"{NAME}.colour is not a part of a manifest"),
    (f"{NAME}.background_color", "#ggg", f"{NAME}.background_color must look like #7a1f1f"),
    ("featurs", {}, "featurs is not a part of a manifest"),
    ("features", None, "features must be a mapping."),
    ("features.slash_commands", [{"command": "/x"}], "features.slash_commands[0].description is"),
    ("features.slash_commands", [COMMAND | {"command": "x-y"}], "must look like /hello"),
    ("features.slash_commands", [COMMAND | {"command": "/Hello"}], "one word in lower case"),
    ("features.slash_commands", [COMMAND | {"command": "/a b"}], "one word in lower case"),
    ("features.slash_commands", [COMMAND, COMMAND], "[1].command repeats /hello"),
    ("features.slash_commands", [COMMAND | {"url": "ftp://x"}], "[0].url must look like https"),
    ("features.slash_commands", [COMMAND | {"should_escape": 1}], "must be true or false"),
    ("features.shortcuts", [SHORTCUT | {"type": "both"}], "must be one of message, global"),
    ("features.shortcuts", [SHORTCUT, SHORTCUT], "callback_id repeats greet"),
    ("features.unfurl_domains", ["https://example.com"], "must look like example.com"),
    ("features.unfurl_domains", ["a.example", "a.example"], "repeats 'a.example'"),
    ("settings.interactivity.is_enabled", False, "need settings.interactivity.is_enabled"),
    ("settings.interactivity.request_url", "slack/events", "must look like https"),
    ("oauth_config.scopes.bot", ["commands", "chat:wite"], "did you mean chat:write"),
    ("oauth_config.scopes.bot", ["commands", "admin"], "no scope admin for this kind of token"),
    ("oauth_config.scopes.user", ["chat:write", "chat:write"], "repeats chat:write"),
    ("oauth_config.scopes.bot", ["chat:write"], "need the scope commands"),
    (f"{EVENTS}.bot_events", ["app_menton"], "subscribe to app_menton; did you mean app_mention"),
    (f"{EVENTS}.bot_events", ["message"], "did you mean message.channels"),
    (f"{EVENTS}.bot_events", ["hello"], "nobody can subscribe to hello"),
    (f"{EVENTS}.bot_events", ["star_added"], "star_added needs the scope stars:read in"),
    (f"{EVENTS}.user_events", ["team_join"], "users:read in oauth_config.scopes.user"),
    ("_metadata.major_version", "2", "_metadata.major_version must be a whole number."),
]


def named(rows: list[tuple[str, int, Make]]) -> pytest.MarkDecorator:
    ids = [f"{path} {number}" for path, number, _ in rows]
    return pytest.mark.parametrize(("path", "number", "make"), rows, ids=ids)
