"""Finding one's way in blocks: their interactive elements, and all the text in them."""

from collections.abc import Iterator
from typing import Any

from sandbox.json_types import Json


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """The interactive elements of a block with the path to each inside it."""
    kind = block.get("type")
    if kind == "actions" and isinstance(block.get("elements"), list):
        for index, element in enumerate(block["elements"]):
            if isinstance(element, dict):
                yield f"/elements/{index}", element
    if kind == "section" and isinstance(block.get("accessory"), dict):
        yield "/accessory", block["accessory"]
    if kind == "input" and isinstance(block.get("element"), dict):
        yield "/element", block["element"]


def blocks_of(blocks: Any) -> Iterator[tuple[int, Json]]:
    if isinstance(blocks, list):
        for index, block in enumerate(blocks):
            if isinstance(block, dict):
                yield index, block


def text_objects(value: Any) -> Iterator[Json]:
    """Every `plain_text` and `mrkdwn` object, however deep."""
    if isinstance(value, dict):
        if value.get("type") in ("plain_text", "mrkdwn") and isinstance(value.get("text"), str):
            yield value
            return
        for part in value.values():
            yield from text_objects(part)
    elif isinstance(value, list):
        for part in value:
            yield from text_objects(part)


def rich_text_elements(value: Any) -> Iterator[Json]:
    """Every inline element of rich text, however deep."""
    if isinstance(value, dict):
        if "elements" not in value and "type" in value:
            yield value
        for part in value.get("elements", ()):
            yield from rich_text_elements(part)


def written_text(blocks: Any) -> int:
    """How many characters the blocks of a message hold, Markdown blocks apart."""
    texts = sum(len(item["text"]) for _, block in blocks_of(blocks) for item in text_objects(block))
    rich = (
        len(str(element.get("text", "")))
        for _, block in blocks_of(blocks)
        if block.get("type") == "rich_text"
        for element in rich_text_elements(block)
    )
    return texts + sum(rich)
