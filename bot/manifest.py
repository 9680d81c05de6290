"""Finds the Slack app's manifest and reads from it which scopes the bot asks for."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

NAME = "manifest.yml"


class NoManifest(Exception):
    """It is not where it should be, or says nothing of scopes."""


def manifest_path() -> Path:
    """In the folder Tocsin is started in, in the package, or beside it as in a source tree."""
    package = Path(__file__).parent
    for folder in (Path.cwd(), package, package.parent):
        if (folder / NAME).is_file():
            return folder / NAME
    raise NoManifest(f"There is no {NAME} here; start Tocsin in the folder that has it.")


def manifest_at(path: Path, base_url: str) -> dict[str, Any]:
    """The manifest of a Tocsin that is reached there: links to it are those of that host."""
    manifest: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    host = urlsplit(base_url).hostname
    return manifest | {"features": {**manifest["features"], "unfurl_domains": [host]}}


def wanted_scopes(path: Path) -> frozenset[str]:
    """The scopes of the bot token that the app asks for."""
    try:
        manifest = yaml.safe_load(path.read_text(encoding="utf-8"))
        return frozenset(manifest["oauth_config"]["scopes"]["bot"])
    except (OSError, yaml.YAMLError, KeyError, TypeError) as problem:
        raise NoManifest(f"{path} does not say which scopes the bot needs.") from problem
