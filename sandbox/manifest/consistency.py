"""Whether the parts of a manifest fit together, which no schema of Slack's says."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from sandbox.facts.scopes import BOT_SCOPES, USER_SCOPES
from sandbox.facts.subscribable import SUBSCRIBABLE
from sandbox.json_types import Json

COMMAND_NAME = re.compile(r"/[^\sA-Z/]+")
DELIVERED_BY_SOCKET = (
    "Socket Mode delivers everything: delete it, or set socket_mode_enabled to false"
)


def contradictions(manifest: Json) -> Iterator[str]:
    """A sentence for each thing to mend, in a manifest whose parts are well formed."""
    features = manifest.get("features") or {}
    settings = manifest.get("settings") or {}
    scopes = (manifest.get("oauth_config") or {}).get("scopes") or {}
    events = settings.get("event_subscriptions") or {}
    yield from _unknown_scopes(scopes)
    yield from _commands(features.get("slash_commands") or [], _granted(scopes, "bot"))
    yield from _shortcuts(features.get("shortcuts") or [], settings.get("interactivity") or {})
    for kind in ("bot", "user"):
        yield from _events(kind, events.get(f"{kind}_events") or [], _granted(scopes, kind))
    if settings.get("socket_mode_enabled"):
        yield from _addresses(features.get("slash_commands") or [], settings)


def _granted(scopes: Json, kind: str) -> set[str]:
    return {*scopes.get(kind, ()), *scopes.get(f"{kind}_optional", ())}


def _unknown_scopes(scopes: Json) -> Iterator[str]:
    for name, listed in scopes.items():
        known = BOT_SCOPES if name.startswith("bot") else USER_SCOPES
        for index, scope in enumerate(listed):
            where = f"oauth_config.scopes.{name}[{index}]"
            if scope in listed[:index]:
                yield f"{where} repeats {scope}: name it once."
            elif scope not in known:
                yield f"{where}: Slack has no scope {scope}{_guess(scope, known)}."


def _guess(wrong: str, known: Iterable[str]) -> str:
    close = get_close_matches(wrong, sorted(known), n=1)
    return f"; did you mean {close[0]}" if close else " for this kind of token"


def _commands(commands: list[Any], scopes: set[str]) -> Iterator[str]:
    names = [command["command"] for command in commands]
    for index, name in enumerate(names):
        where = f"features.slash_commands[{index}].command"
        if not COMMAND_NAME.fullmatch(name):
            yield f"{where} must be one word in lower case after the slash; {name!r} is not."
        if name in names[:index]:
            yield f"{where} repeats {name}: a command is listed once."
    if commands and "commands" not in scopes:
        yield "features.slash_commands need the scope commands in oauth_config.scopes.bot."


def _shortcuts(shortcuts: list[Any], interactivity: Json) -> Iterator[str]:
    names = [shortcut["callback_id"] for shortcut in shortcuts]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield f"features.shortcuts[{index}].callback_id repeats {name}: it must be unique."
    if shortcuts and not interactivity.get("is_enabled"):
        yield "features.shortcuts need settings.interactivity.is_enabled to be true."


def _events(kind: str, events: list[str], scopes: set[str]) -> Iterator[str]:
    for index, event in enumerate(events):
        where = f"settings.event_subscriptions.{kind}_events[{index}]"
        if event not in SUBSCRIBABLE:
            yield f"{where}: nobody can subscribe to {event}{_guess_event(event)}."
        elif (needed := SUBSCRIBABLE[event]) and not needed & scopes:
            choice = " or ".join(sorted(needed))
            yield f"{where}: {event} needs the scope {choice} in oauth_config.scopes.{kind}."


def _guess_event(wrong: str) -> str:
    if wrong == "message":
        return "; did you mean message.channels"
    close = get_close_matches(wrong, SUBSCRIBABLE, n=1)
    return f"; did you mean {close[0]}" if close else ""


def _addresses(commands: list[Any], settings: Json) -> Iterator[str]:
    """An app gets its deliveries over HTTP or over Socket Mode, never both."""
    for index, command in enumerate(commands):
        if "url" in command:
            yield f"features.slash_commands[{index}].url: {DELIVERED_BY_SOCKET}."
    for name, key in (
        ("event_subscriptions", "request_url"),
        ("interactivity", "request_url"),
        ("interactivity", "message_menu_options_url"),
    ):
        if key in (settings.get(name) or {}):
            yield f"settings.{name}.{key}: {DELIVERED_BY_SOCKET}."
