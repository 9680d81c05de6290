"""Finding one's way in blocks: those inside others, their interactive elements, all their text."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.json_types import Json

# Under which key a block holds further blocks, and under which its elements.
BLOCKS_INSIDE: Mapping[str, str] = {
    "container": "child_blocks",
    "carousel": "elements",
    "plan": "tasks",
}
ELEMENTS_INSIDE: Mapping[str, str] = {
    "actions": "elements",
    "context_actions": "elements",
    "card": "actions",
}
ELEMENT_INSIDE: Mapping[str, str] = {"section": "accessory", "input": "element"}
# They hold text that is no text object.
WORDY = ("raw_text", "raw_number")


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """The interactive elements of a block with the path to each inside it."""
    kind = _kind(block)
    many = ELEMENTS_INSIDE.get(kind, "")
    for index, element in blocks_of(block.get(many)):
        yield f"/{many}/{index}", element
    single = ELEMENT_INSIDE.get(kind, "")
    if isinstance(block.get(single), dict):
        yield f"/{single}", block[single]


def blocks_of(blocks: Any) -> Iterator[tuple[int, Json]]:
    if isinstance(blocks, list):
        for index, block in enumerate(blocks):
            if isinstance(block, dict):
                yield index, block


def nested_blocks(blocks: Any, pointer: str = "") -> Iterator[tuple[str, Json]]:
    """Every block with the pointer to it: a container is followed by what it holds."""
    for index, block in blocks_of(blocks):
        yield f"{pointer}/{index}", block
        inside = BLOCKS_INSIDE.get(_kind(block), "")
        if inside:
            yield from nested_blocks(block.get(inside), f"{pointer}/{index}/{inside}")


def _kind(block: Json) -> str:
    kind = block.get("type")
    return kind if isinstance(kind, str) else ""


def text_objects(value: Any) -> Iterator[Json]:
    """Every `plain_text` and `mrkdwn` object, however deep."""
    for found in _objects(value):
        if found.get("type") in ("plain_text", "mrkdwn") and isinstance(found.get("text"), str):
            yield found


def _objects(value: Any) -> Iterator[Json]:
    """Every object in reading order; a list of what is left, for nobody bounds how deep it goes."""
    left = [value]
    while left:
        found = left.pop()
        if isinstance(found, dict):
            yield found
            left.extend(reversed(found.values()))
        elif isinstance(found, list):
            left.extend(reversed(found))


def rich_text_elements(value: Any) -> Iterator[Json]:
    """Every inline element of rich text, however deep."""
    if isinstance(value, dict):
        if "elements" not in value and "type" in value:
            yield value
        for _, part in blocks_of(value.get("elements")):
            yield from rich_text_elements(part)


def rich_texts(value: Any) -> Iterator[Json]:
    """Every rich_text block, wherever it stands: alone, in a cell, in a task, in a container."""
    for found in _objects(value):
        if found.get("type") == "rich_text":
            yield found


def written_text(blocks: Any) -> int:
    """How many characters the blocks of a message hold, Markdown blocks apart."""
    texts = sum(len(item["text"]) for _, block in blocks_of(blocks) for item in text_objects(block))
    return texts + sum(_other_text(block) for _, block in blocks_of(blocks))


def _other_text(block: Json) -> int:
    """The characters of rich text, wherever it stands, and of the cells of tables."""
    total = 0
    for found in _objects(block):
        if found.get("type") in WORDY:
            total += len(str(found.get("text", "")))
    inline = (one for rich in rich_texts(block) for one in rich_text_elements(rich))
    return total + sum(len(str(one.get("text", ""))) for one in inline)


def markdown_text(blocks: Any) -> int:
    """How many characters the Markdown blocks of a message hold together."""
    return sum(
        len(str(block.get("text", "")))
        for _, block in blocks_of(blocks)
        if block.get("type") == "markdown"
    )
