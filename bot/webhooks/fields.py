"""Fields of other people's payloads, made fit to keep: bounded, on one line, safe to click."""

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from core.domain.text import paragraphs, shorten

MAX_LINE, MAX_TEXT, MAX_URL = 500, 10_000, 2_000
MAX_LABELS, MAX_LABEL_NAME, MAX_LABEL_VALUE = 64, 200, 1_000

MOST_REMEMBERED, LONGEST_WORD = 2_048, 200
"""Remembered are so many texts, none of them longer than somebody would call something."""


def line(text: str) -> str:
    if len(text) <= MAX_LINE and text.isprintable():
        return " ".join(text.split())
    visible = paragraphs(shorten(text, MAX_LINE), field="summary", limit=MAX_LINE)
    return " ".join(visible.split())


def word(text: str) -> str:
    """A line of few different ones: in a storm the same names and severities come again and
    again."""
    return _known_line(text) if len(text) <= LONGEST_WORD else line(text)


def text_of(text: str) -> str:
    return paragraphs(shorten(text, MAX_TEXT), field="description", limit=MAX_TEXT)


def bounded(labels: Mapping[str, str]) -> dict[str, str]:
    if _fit(labels):
        return dict(labels)
    kept = list(labels.items())[:MAX_LABELS]
    return {shorten(k, MAX_LABEL_NAME): shorten(v, MAX_LABEL_VALUE) for k, v in kept}


def _fit(labels: Mapping[str, str]) -> bool:
    return (
        len(labels) <= MAX_LABELS
        and max(map(len, labels), default=0) <= MAX_LABEL_NAME
        and max(map(len, labels.values()), default=0) <= MAX_LABEL_VALUE
    )


def links(offered: Mapping[str, str]) -> dict[str, str]:
    """Those of label → URL that lead somewhere."""
    stripped = [(label, url.strip()) for label, url in offered.items() if url]
    return {label: url for label, url in stripped if _leads_somewhere(url)}


def _leads_somewhere(url: str) -> bool:
    return 0 < len(url) <= MAX_URL and _leads_to_the_web(url)


@lru_cache(maxsize=MOST_REMEMBERED)
def _leads_to_the_web(url: str) -> bool:
    """A link of another kind could do anything to who clicks it."""
    if not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


_known_line = lru_cache(maxsize=MOST_REMEMBERED)(line)
