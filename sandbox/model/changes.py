"""What happened in the workspace, for the page that shows it and the app that subscribed to it."""

from dataclasses import dataclass

from sandbox.json_types import Json

# The app was taken away, and has been told so.
UNINSTALLED = "uninstalled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """`type` is for the page; `event`, where present, is what Slack tells the app."""

    type: str
    channel: str = ""
    ts: str = ""
    user: str = ""
    event: Json | None = None
