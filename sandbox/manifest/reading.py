"""Reading a manifest from a file or a dictionary."""

from pathlib import Path
from typing import Any

import yaml

from sandbox.json_text import read_json
from sandbox.json_types import Json
from sandbox.manifest.app import App, Command, Shortcut
from sandbox.manifest.consistency import contradictions
from sandbox.manifest.contents import MANIFEST


class BadManifest(Exception):
    """The manifest cannot be used; one sentence for each thing to mend."""


def load_manifest(source: Json | str | Path) -> App:
    """Read a manifest given as a dictionary or as the path of a YAML or JSON file."""
    if isinstance(source, dict):
        return parse_manifest(source)
    try:
        text = Path(source).read_text(encoding="utf-8")
        content = _decoded(text)
    except (OSError, ValueError, yaml.YAMLError) as problem:
        raise BadManifest(f"The manifest {source} cannot be read: {problem}.") from problem
    if not isinstance(content, dict):
        raise BadManifest(f"The manifest {source} is not a mapping.")
    return parse_manifest(content)


def _decoded(text: str) -> Any:
    """JSON may be indented with tabs, which YAML forbids: it is read as what it looks like."""
    return read_json(text) if text.lstrip().startswith("{") else yaml.safe_load(text)


def parse_manifest(manifest: Json) -> App:
    """The app; `BadManifest` when Slack would not create it."""
    problems = list(MANIFEST.problems(manifest, ""))
    # Whether parts fit together can only be said of parts that are what they should be.
    problems = problems or list(contradictions(manifest))
    if problems:
        raise BadManifest("\n".join(problems))
    return _app(manifest)


def part(manifest: Json, *names: str) -> dict[str, Any]:
    """A mapping inside the manifest, empty when it was left out."""
    for name in names:
        manifest = manifest.get(name, {})
    return manifest


def _app(manifest: Json) -> App:
    display, features = part(manifest, "display_information"), part(manifest, "features")
    home, scopes = part(features, "app_home"), part(manifest, "oauth_config", "scopes")
    name = display["name"]
    return App(
        name=name,
        bot_name=part(features, "bot_user").get("display_name", name),
        description=display.get("description", ""),
        long_description=display.get("long_description", ""),
        commands=tuple(_command(item) for item in features.get("slash_commands", ())),
        shortcuts=tuple(Shortcut(**item) for item in features.get("shortcuts", ())),
        unfurl_domains=tuple(features.get("unfurl_domains", ())),
        bot_scopes=frozenset((*scopes.get("bot", ()), *scopes.get("bot_optional", ()))),
        user_scopes=frozenset((*scopes.get("user", ()), *scopes.get("user_optional", ()))),
        redirect_urls=tuple(part(manifest, "oauth_config").get("redirect_urls", ())),
        home_tab=home.get("home_tab_enabled", False),
        messages_tab=home.get("messages_tab_enabled", False),
        messages_read_only=home.get("messages_tab_read_only_enabled", False),
        **_settings(part(manifest, "settings")),
    )


def _settings(settings: Json) -> dict[str, Any]:
    events, interactivity = part(settings, "event_subscriptions"), part(settings, "interactivity")
    return {
        "events": frozenset(events.get("bot_events", ())),
        "user_events": frozenset(events.get("user_events", ())),
        "events_url": events.get("request_url", ""),
        "interactive": interactivity.get("is_enabled", False),
        "interactivity_url": interactivity.get("request_url", ""),
        "options_url": interactivity.get("message_menu_options_url", ""),
        "socket_mode": settings.get("socket_mode_enabled", False),
    }


def _command(item: Json) -> Command:
    known = ("command", "description", "usage_hint", "should_escape", "url")
    return Command(**{name: item[name] for name in known if name in item})
