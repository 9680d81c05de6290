"""A message or a view as a person sees it: its words, its buttons, its fields."""

from dataclasses import dataclass

from sandbox.json_types import Json
from sandbox.validation.walk import elements_of, nested_blocks
from sandbox.validation.words import words_in, words_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One message at one moment; ask the channel again for a newer one."""

    channel: str
    wire: Json

    @property
    def ts(self) -> str:
        return str(self.wire["ts"])

    @property
    def text(self) -> str:
        return str(self.wire["text"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.wire.get("blocks", ()))

    @property
    def is_ephemeral(self) -> bool:
        return bool(self.wire["ephemeral"])

    @property
    def is_pinned(self) -> bool:
        return bool(self.wire["pinned"])

    @property
    def words(self) -> str:
        """Everything that can be read, the plain text included."""
        return words_of(self.wire)

    @property
    def buttons(self) -> list[str]:
        return labels_of(self.blocks)

    def asks(self, label: str) -> str:
        """The words of the confirmation dialog behind a button, or nothing."""
        _, element, _ = find_by_label(self.blocks, label)
        return "\n".join(words_in(element.get("confirm") or {}))


def label_of(element: Json) -> str:
    """What an element is called on screen: a button's text, or a placeholder."""
    named = element.get("text") or element.get("placeholder") or {}
    return str(named.get("text", "")) if isinstance(named, dict) else str(named)


def _field_label(block: Json) -> str:
    return str(block["label"]["text"]) if block["type"] == "input" else ""


def labels_of(blocks: list[Json]) -> list[str]:
    return [
        label_of(element)
        for _, block in nested_blocks(blocks)
        for _, element in elements_of(block)
        if element["type"] == "button"
    ]


def find_by_label(blocks: list[Json], label: str) -> tuple[Json, Json, str]:
    """The block, the element and, in an overflow menu, the option's value behind a label."""
    for _, block in nested_blocks(blocks):
        for _, element in elements_of(block):
            said = element.get("accessibility_label")
            named = (label_of(element), said, element.get("action_id"), _field_label(block))
            if label in named:
                return block, element, ""
            for option in element.get("options", ()):
                if option["text"]["text"] == label:
                    return block, element, str(option["value"])
    known = ", ".join(labels_of(blocks)) or "no button at all"
    raise LookupError(f"There is no {label!r} here, but {known}.")
