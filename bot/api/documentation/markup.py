"""HTML as text that cannot be injected into: what is not markup is escaped."""

import re
from collections.abc import Iterable
from html import escape

VOID = frozenset({"meta", "link", "br", "hr"})

_BLANK_LINES = re.compile(r"\n\s*\n")
_CODE = re.compile(r"`([^`\n]+)`")


class Markup(str):
    """HTML that is fit to be sent as it is."""

    __slots__ = ()


def element(tag: str, /, *children: str, **attributes: str) -> Markup:
    """Mere text among the children is escaped; `class_` is `class`, `aria_label` `aria-label`."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
    )
    opened = f"<{tag}{given}>"
    return Markup(opened if tag in VOID else f"{opened}{joined(children)}</{tag}>")


def joined(parts: Iterable[str], separator: str = "") -> Markup:
    return Markup(separator.join(safe(part) for part in parts))


def safe(text: str) -> Markup:
    return text if isinstance(text, Markup) else Markup(escape(text))


def code(text: str) -> Markup:
    return element("code", text)


def prose(text: str) -> Markup:
    """Paragraphs, with `code` in them: all of Markdown that the document's descriptions use."""
    return joined(element("p", inline(part)) for part in _BLANK_LINES.split(text.strip()) if part)


def inline(text: str) -> Markup:
    # Between backticks is every second part.
    parts = _CODE.split(text)
    return joined(code(part) if at % 2 else part for at, part in enumerate(parts))
