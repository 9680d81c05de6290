"""The app as it is set up where nothing can reach it: everything comes over a WebSocket."""

from typing import Any

import yaml

from tests.integration.slack.stage import MANIFEST


def over_sockets() -> dict[str, Any]:
    """The variant that the comments of manifest.yml describe."""
    manifest: dict[str, Any] = yaml.safe_load(MANIFEST.read_text())
    manifest["settings"]["socket_mode_enabled"] = True
    del manifest["settings"]["event_subscriptions"]["request_url"]
    del manifest["settings"]["interactivity"]["request_url"]
    del manifest["settings"]["interactivity"]["message_menu_options_url"]
    del manifest["oauth_config"]["redirect_urls"]
    for command in manifest["features"]["slash_commands"]:
        del command["url"]
    return manifest
