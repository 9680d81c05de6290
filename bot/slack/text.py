"""Text for Slack and from Slack: escaped, cut between characters as people see them, decoded."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_CONTROLS = {
    code: None
    for span in ((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x2069), (0xFEFF, 0xFEFF))
    for code in range(span[0], span[1] + 1)
    if code != 0x200D  # the joiner inside family and flag emoji
}
_JOINER = "\u200d"
_TOKEN = re.compile(r"<([^<>\n]*)>")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))


def escape(text: str) -> str:
    """Neutralise Slack's own syntax; what else mrkdwn means is left to the text object."""
    plain = _visible(text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def units(text: str) -> int:
    """The length as Slack counts it: characters beyond the basic plane are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def clip(text: str, limit: int) -> str:
    """As much of `text` as fits into `limit` as plain text, an ellipsis for the rest."""
    return _fit(_visible(text), limit, units)


def literal(text: str, limit: int = 2_900) -> str:
    """`text` for mrkdwn: cut first, then escaped, no longer than `limit` after that."""
    return escape(_fit(_visible(text), limit, _escaped_units))


def split(text: str, limit: int, most: int) -> list[str]:
    """`text` in at most `most` pieces of at most `limit` units, the last one cut short."""
    pieces: list[str] = []
    rest = _visible(text)
    while rest and len(pieces) < most - 1 and units(rest) > limit:
        head = _head(rest, limit, units)
        head = head[: head.rfind("\n")] if head.rfind("\n") > limit // 2 else head
        pieces.append(head)
        rest = rest[len(head) :].lstrip("\n")
    return [*pieces, clip(rest, limit)] if rest else pieces


def mention(user_id: str) -> str:
    return f"<@{user_id}>"


def channel_link(channel_id: str) -> str:
    return f"<#{channel_id}>"


def moment(at: datetime, timezone: str = "UTC") -> str:
    """A time in the reader's own zone; in `timezone` where it cannot be."""
    shown = clock_time(at, timezone)
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{shown}>"


def clock_time(at: datetime, timezone: str) -> str:
    """A time as a clock in `timezone` shows it, with the zone: `2026-06-01 22:00 Europe/Berlin`."""
    return f"{at.astimezone(zone_of(timezone)):%Y-%m-%d %H:%M} {known_zone(timezone)}"


def known_zone(timezone: str) -> str:
    """Its name, or UTC for one that nobody knows any more."""
    return "UTC" if zone_of(timezone) is UTC else timezone


def zone_of(timezone: str) -> tzinfo:
    """UTC for a zone that nobody knows any more."""
    try:
        return ZoneInfo(timezone) if timezone != "UTC" else UTC
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def plain_from_slack(text: str) -> str:
    """What a person typed, from the escaped form Slack sends it in."""
    return _unescape(_TOKEN.sub(_readable, text))


def clusters(text: str) -> Iterator[str]:
    """Characters as people see them: with their accents, joiners, skin tones and flags whole."""
    cluster = ""
    for character in text:
        if cluster and not _continues(cluster, character):
            yield cluster
            cluster = ""
        cluster += character
    if cluster:
        yield cluster


def _visible(text: str) -> str:
    """Without what cannot be seen and moves what can be."""
    return text if text.isascii() else text.translate(_CONTROLS)


def _fit(text: str, limit: int, cost: Callable[[str], int]) -> str:
    if cost(text) <= limit:
        return text
    return _head(text, limit - 1, cost).rstrip() + "…"


def _head(text: str, limit: int, cost: Callable[[str], int]) -> str:
    spent, taken = 0, 0
    for cluster in clusters(text):
        spent += cost(cluster)
        if spent > limit:
            break
        taken += len(cluster)
    # One cluster of a thousand accents must not stop a loop that goes on from here.
    return text[:taken] or text[: max(limit // 2, 1)]


def _escaped_units(text: str) -> int:
    return units(escape(text))


def _continues(cluster: str, character: str) -> bool:
    if character == _JOINER or cluster[-1] == _JOINER:
        return True
    if unicodedata.category(character) in ("Mn", "Mc", "Me") or _modifies(character):
        return True
    return _is_flag_letter(character) and len(cluster) == 1 and _is_flag_letter(cluster)


def _modifies(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff" or "\U000e0020" <= character <= "\U000e007f"


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _unescape(text: str) -> str:
    return _ENTITY.sub(lambda match: _ENTITIES[match.group()], text)


def _readable(match: re.Match[str]) -> str:
    target, _, label = match.group(1).partition("|")
    if target.startswith("@"):
        return f"@{label or target[1:]}"
    if target.startswith("#"):
        return f"#{label or target[1:]}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    return f"{label} ({target})" if label and label not in target else target
