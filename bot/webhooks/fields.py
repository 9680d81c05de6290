"""Fields of other people's payloads, made fit to keep: bounded, on one line, safe to click."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from core.domain.text import paragraphs, shorten

MAX_LINE, MAX_TEXT, MAX_URL = 500, 10_000, 2_000
MAX_LABELS, MAX_LABEL_NAME, MAX_LABEL_VALUE = 64, 200, 1_000


def line(text: str) -> str:
    visible = paragraphs(shorten(text, MAX_LINE), field="summary", limit=MAX_LINE)
    return " ".join(visible.split())


def text_of(text: str) -> str:
    return paragraphs(shorten(text, MAX_TEXT), field="description", limit=MAX_TEXT)


def bounded(labels: Mapping[str, str]) -> dict[str, str]:
    kept = list(labels.items())[:MAX_LABELS]
    return {shorten(k, MAX_LABEL_NAME): shorten(v, MAX_LABEL_VALUE) for k, v in kept}


def links(offered: Mapping[str, str]) -> dict[str, str]:
    """Those of label → URL that lead somewhere."""
    return {label: url.strip() for label, url in offered.items() if _leads_somewhere(url.strip())}


def _leads_somewhere(url: str) -> bool:
    """Only to the web; a link of another kind could do anything to who clicks it."""
    if len(url) > MAX_URL or not url.isprintable() or " " in url:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)
