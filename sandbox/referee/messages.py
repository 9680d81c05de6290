"""What users see of an app: fallbacks, descriptions, mentions, secrets."""

from sandbox.facts import limits
from sandbox.json_types import Json
from sandbox.referee.secrets import review_secrets
from sandbox.referee.typed import review_broadcasts, review_typed
from sandbox.validation.spoken import images_in
from sandbox.world import World


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
    _review_images(world, where, message)
    review_typed(world, where, message)
    review_broadcasts(world, where, message)
    review_secrets(world, where, message)


def review_view(world: World, where: str, view: Json) -> None:
    """Look at a modal or a home; nobody is notified by one, so broadcasts do not matter."""
    _review_images(world, where, view)
    review_typed(world, where, view)
    review_secrets(world, where, view)


def _review_images(world: World, where: str, content: Json) -> None:
    for image in images_in([content.get("blocks"), content.get("attachments")]):
        if not str(image.get("alt_text") or "").strip():
            world.journal.finding(
                "image_without_alt",
                f"{where} shows an image without a description in alt_text.",
                where=where,
            )
