"""The app as its manifest describes it: commands, shortcuts, scopes and events."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sandbox.json_types import Json


class BadManifest(Exception):
    """The manifest cannot be read; the sentence says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    command: str
    description: str = ""
    usage_hint: str = ""
    should_escape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    name: str
    callback_id: str
    type: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """What the manifest grants and announces."""

    name: str
    bot_name: str
    commands: tuple[Command, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    bot_scopes: frozenset[str] = frozenset()
    user_scopes: frozenset[str] = frozenset()
    events: frozenset[str] = frozenset()
    redirect_urls: tuple[str, ...] = ()
    home_tab: bool = False
    messages_tab: bool = False
    interactive: bool = False
    socket_mode: bool = False

    def command(self, name: str) -> Command | None:
        return next((known for known in self.commands if known.command == name), None)

    def shortcut(self, callback_id: str) -> Shortcut | None:
        return next((known for known in self.shortcuts if known.callback_id == callback_id), None)


def load_manifest(source: Json | str | Path) -> App:
    """Read a manifest given as a dictionary or as the path of a YAML or JSON file."""
    if isinstance(source, dict):
        return parse_manifest(source)
    try:
        content = yaml.safe_load(Path(source).read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as problem:
        raise BadManifest(f"The manifest {source} cannot be read: {problem}.") from problem
    if not isinstance(content, dict):
        raise BadManifest(f"The manifest {source} is not a mapping.")
    return parse_manifest(content)


def parse_manifest(manifest: Json) -> App:
    try:
        name = manifest["display_information"]["name"]
    except (KeyError, TypeError) as problem:
        raise BadManifest("The manifest lacks display_information.name.") from problem
    features, settings = _part(manifest, "features"), _part(manifest, "settings")
    oauth = _part(manifest, "oauth_config")
    scopes, home = _part(oauth, "scopes"), _part(features, "app_home")
    return App(
        name=name,
        bot_name=_part(features, "bot_user").get("display_name", name),
        commands=tuple(_command(item) for item in features.get("slash_commands", ())),
        shortcuts=tuple(_shortcut(item) for item in features.get("shortcuts", ())),
        bot_scopes=frozenset(scopes.get("bot", ())) | frozenset(scopes.get("bot_optional", ())),
        user_scopes=frozenset(scopes.get("user", ())),
        events=frozenset(_part(settings, "event_subscriptions").get("bot_events", ())),
        redirect_urls=tuple(oauth.get("redirect_urls", ())),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
        interactive=bool(_part(settings, "interactivity").get("is_enabled", False)),
        socket_mode=bool(settings.get("socket_mode_enabled", False)),
    )


def _part(parent: Json, name: str) -> dict[str, Any]:
    return parent.get(name) or {}


def _command(item: Json) -> Command:
    return Command(
        command=item["command"],
        description=item.get("description", ""),
        usage_hint=item.get("usage_hint", ""),
        should_escape=bool(item.get("should_escape", False)),
    )


def _shortcut(item: Json) -> Shortcut:
    return Shortcut(
        name=item["name"],
        callback_id=item["callback_id"],
        type=item.get("type", "global"),
        description=item.get("description", ""),
    )
