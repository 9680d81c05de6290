"""What people typed, and whether it comes back as something Slack acts upon."""

from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json
from sandbox.validation.spoken import (
    broadcasts,
    markdown_pieces,
    spoken_markdown,
    spoken_markup,
    spoken_rich,
)
from sandbox.validation.text import active_pieces, strings_in
from sandbox.world import World


def note_typed(world: World, value: Any) -> None:
    """Remember what people typed that would be active in Slack if it came back unescaped."""
    for text in strings_in(value):
        world.typed_syntax.update(active_pieces(text))
        world.typed_syntax.update(markdown_pieces(text))


def review_typed(world: World, where: str, content: Json) -> None:
    """Look for typed syntax among what Slack would act upon in a message or a view."""
    for piece in dict.fromkeys(_active_in(content)):
        if piece in world.typed_syntax:
            world.journal.finding(
                "active_user_text",
                f"{where} turns {piece}, typed by a person, into active syntax.",
                where=where,
            )


def review_plain(world: World, where: str, text: str) -> None:
    """The same for a text that is Slack's markup as a whole, such as a topic."""
    review_typed(world, where, {"text": text})


def review_broadcasts(world: World, where: str, content: Json) -> None:
    if world.broadcasts_allowed:
        return
    for piece in broadcasts(content):
        world.journal.finding("broadcast", f"{where} would notify everybody: {piece}.", where=where)


def _active_in(content: Json) -> Iterator[str]:
    for text, _ in spoken_markup(content):
        yield from active_pieces(text)
    for text in spoken_markdown(content):
        yield from active_pieces(text)
        yield from markdown_pieces(text)
    yield from spoken_rich(content)
