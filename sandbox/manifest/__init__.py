"""The manifest of an app: read as strictly as Slack reads it, and what it means."""

from sandbox.manifest.app import App, Command, Shortcut
from sandbox.manifest.reading import BadManifest, load_manifest, parse_manifest

__all__ = ["App", "BadManifest", "Command", "Shortcut", "load_manifest", "parse_manifest"]
