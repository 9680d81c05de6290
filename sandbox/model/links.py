"""Links in people's messages of which the app was told, to show a preview for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkShare:
    """One announcement of links: where they stand and what they are."""

    id: str
    channel: str
    ts: str
    urls: tuple[str, ...]
