"""Everything that Tocsin showed people in Slack, as texts; and which of it is English."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from core.language import Catalogue
from tests.integration.slack.stage import Stage

SHOWING = ("chat.", "views.", "response_url", "bookmarks.add", "conversations.setTopic")
ENGLISH = re.compile(r"\b(?:the|is|and|you|your|this|it|has|are|by)\b", re.IGNORECASE)
"""Words that no German text has."""

WORDS = ("text", "topic", "title", "accessibility_label", "alt_text")
TEXT = re.compile(rf'"(?:{"|".join(WORDS)})": "((?:[^"\\\\]|\\\\.)*)"')
"""In JSON of which the end may be cut off, as the journal does."""

SPARED = re.compile(r"„/[^“]*“|`[^`]*`|<[^>]*>|the operator")
"""Commands, mentions, and the name of one of those who act."""


async def texts_shown(stage: Stage) -> list[str]:
    """What it sent by itself and what it answered, as far as the journal keeps it, and what stands
    in the forms and in the App Home of Alice and Bob now."""
    shown: list[str] = []
    for entry in await stage.sandbox.journal():
        match entry:
            case {"kind": "ack", "payload": payload}:
                shown += _texts(payload)
            case {"kind": "api_call", "method": str(method), "args": args} if method.startswith(
                SHOWING
            ):
                shown += _texts(args)
    for person in (stage.alice, stage.bob):
        for form in await person.modals():
            shown += [form.title, *_texts(form.blocks)]
    shown += _texts((await stage.alice.home()).blocks)
    return list(dict.fromkeys(shown))


def english_in(texts: list[str], catalogue: Catalogue) -> list[str]:
    """Those that are a template of the catalogue's in English, or have words of it."""
    forms = [
        re.compile(_form(key))
        for key, said in catalogue.templates.items()
        if said != key and len(re.findall(r"[A-Za-z]{3,}", _bare(key))) >= 1
    ]
    return [
        text
        for text in texts
        if ENGLISH.search(SPARED.sub("", text)) or any(form.fullmatch(text) for form in forms)
    ]


def _texts(value: Any) -> Iterator[str]:
    match value:
        case str() if value.startswith(("[", "{")):
            yield from (json.loads(f'"{found}"') for found in TEXT.findall(value))
        case Mapping():
            for name, part in value.items():
                if isinstance(part, str) and name in WORDS:
                    yield part
                elif not isinstance(part, str) or name in ("blocks", "view"):
                    yield from _texts(part)
        case list():
            for part in value:
                yield from _texts(part)


def _bare(template: str) -> str:
    return re.sub(r"\{[^}]*\}", "", template)


def _form(template: str) -> str:
    """As it looks filled in; what stands in the braces can be anything but nothing."""
    pieces = re.split(r"\{[^}]*\}", template)
    return "(?s:.+)".join(re.escape(piece) for piece in pieces)
