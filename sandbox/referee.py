"""What Slack would let pass but a careful reader of its guidelines would not."""

from typing import Any

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.validation.text import active_pieces, broadcasts, spoken_markup, strings_in
from sandbox.world import World


def note_typed(world: World, value: Any) -> None:
    """Remember what people typed that would be active in Slack if it came back unescaped."""
    for text in strings_in(value):
        world.typed_syntax.update(active_pieces(text))


def review_message(world: World, where: str, message: Json) -> None:
    """Look at a message the app is about to show: text, blocks, and how they are parsed."""
    if message.get("blocks") and not message.get("text"):
        world.journal.finding(
            "missing_fallback",
            f"{where} has blocks without text: notifications and screen readers get nothing.",
            where=where,
        )
    if len(str(message.get("text") or "")) > limits.TEXT_TRUNCATED_AT:
        world.journal.finding(
            "text_truncated", f"The text of {where} is cut at 40,000 characters.", where=where
        )
    _review_mentions(world, where, message)
    review_secrets(world, where, message)


def _review_mentions(world: World, where: str, message: Json) -> None:
    for text, _ in spoken_markup(message):
        for piece in active_pieces(text):
            if piece in world.typed_syntax:
                world.journal.finding(
                    "active_user_text",
                    f"{where} turns {piece}, typed by a person, into active syntax.",
                    where=where,
                )
    if world.broadcasts_allowed:
        return
    for piece in broadcasts(message):
        world.journal.finding("broadcast", f"{where} would notify everybody: {piece}.", where=where)


def review_secrets(world: World, where: str, value: Any) -> None:
    for text in strings_in(value):
        if any(secret in text for secret in world.credentials.secrets()):
            world.journal.finding(
                "secret_shown", f"{where} contains a token or a secret.", where=where
            )
            return
