"""A small vocabulary of Block Kit: the only place that spells its dictionaries.

Text of people and alerts goes through `plain`, or through `text.literal` into `mrkdwn`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Self, TypeAlias

from bot.slack import pickers
from bot.slack.text import clip, literal, split
from core.language import known, to_say

Block: TypeAlias = dict[str, Any]
Element: TypeAlias = dict[str, Any]
TextObject: TypeAlias = dict[str, Any]
View: TypeAlias = dict[str, Any]
Style: TypeAlias = Literal["primary", "danger"]

channel_select = pickers.channel_select
channels_select = pickers.channels_select
moment_picker = pickers.moment_picker
number_input = pickers.number_input
people_select = pickers.people_select
person_select = pickers.person_select
searching_multi_select = pickers.searching_multi_select
searching_select = pickers.searching_select

MAX_SECTION = 3_000
MAX_FIELD = 2_000
MAX_HEADER = 150
MAX_LABEL = 75
MAX_VALUE = 2_000
MAX_OPTIONS = 100
MAX_OVERFLOW = 5
MAX_BLOCKS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """`text` is what notifications and screen readers say: whole sentences, already escaped."""

    text: str
    blocks: Sequence[Block] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a select."""

    label: str
    value: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """An input block whose element is called like the block; `tells` the app of Enter in it."""

    id: str
    label: str
    element: Element
    hint: str = ""
    optional: bool = False
    tells: bool = False

    def starting_with(self, **initial: Any) -> Self:
        """Filled in already; what is empty is left out."""
        given = {name: value for name, value in initial.items() if value}
        return replace(self, element=self.element | given)

    def block(self) -> Block:
        block: Block = {
            "type": "input",
            "block_id": self.id,
            "label": plain(self.label, 2_000),
            "element": self.element | {"action_id": self.id},
            "optional": self.optional,
        }
        block |= {"dispatch_action": True} if self.tells else {}
        return block | ({"hint": plain(self.hint, 2_000)} if self.hint else {})


def plain(text: str, limit: int = MAX_SECTION) -> TextObject:
    return {"type": "plain_text", "text": clip(text, limit) or " ", "emoji": False}


def mrkdwn(text: str) -> TextObject:
    """`text` must be escaped; with `verbatim` Slack makes no links of its own out of it."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def header(text: str) -> Block:
    return {"type": "header", "text": plain(text, MAX_HEADER)}


def section(text: TextObject, *, accessory: Element | None = None) -> Block:
    block: Block = {"type": "section", "text": text}
    return block | ({"accessory": accessory} if accessory else {})


def fields(texts: Sequence[str]) -> Block:
    return {"type": "section", "fields": [mrkdwn(text) for text in texts[:10]]}


def paragraphs(text: str, most: int = 3) -> list[Block]:
    """People's own words, whatever is in them, in as many sections as needed up to `most`."""
    return [section(plain(piece)) for piece in split(text, MAX_SECTION - 100, most)]


def context(*texts: TextObject) -> Block:
    return {"type": "context", "elements": list(texts[:10])}


def divider() -> Block:
    return {"type": "divider"}


def image(file_id: str, alt: str) -> Block:
    """A file of Slack's own; `alt` says to whom cannot see it what it shows."""
    return {"type": "image", "slack_file": {"id": file_id}, "alt_text": clip(alt, 2_000) or " "}


def actions(elements: Sequence[Element], *, id: str) -> Block:
    return {"type": "actions", "block_id": id, "elements": list(elements)}


def button(label: str, *, action: str, value: str, said: str = "") -> Element:
    """`said` is what a screen reader says instead of a terse label."""
    element: Element = {
        "type": "button",
        "text": plain(label, MAX_LABEL),
        "action_id": action,
        "value": value,
    }
    return element | ({"accessibility_label": clip(said, MAX_LABEL)} if said else {})


def overflow(choices: Sequence[Choice], *, action: str) -> Element:
    """What can be done with something, folded away behind three dots."""
    options = [option(choice) for choice in choices[:MAX_OVERFLOW]]
    return {"type": "overflow", "action_id": action, "options": options}


def styled(element: Element, style: Style) -> Element:
    return element | {"style": style}


def confirmed(element: Element, *, title: str, text: str, yes: str, no: str) -> Element:
    """The same button, asking before it acts."""
    return element | {
        "confirm": {
            "title": plain(title, 100),
            "text": plain(text, 300),
            "confirm": plain(yes, 30),
            "deny": plain(no, 30),
        }
    }


def option(choice: Choice) -> Element:
    element: Element = {"text": plain(choice.label, MAX_LABEL), "value": choice.value}
    described = {"description": plain(choice.description, 75)} if choice.description else {}
    return element | described


def text_input(*, multiline: bool = False, longest: int = MAX_SECTION, hint: str = "") -> Element:
    element: Element = {
        "type": "plain_text_input",
        "multiline": multiline,
        "max_length": min(longest, MAX_SECTION),
    }
    return element | ({"placeholder": plain(hint, 150)} if hint else {})


def select(choices: Sequence[Choice]) -> Element:
    return {"type": "static_select", "options": [option(choice) for choice in choices]}


def multi_select(choices: Sequence[Choice]) -> Element:
    options = [option(choice) for choice in choices[:MAX_OPTIONS]]
    return {"type": "multi_static_select", "options": options}


def checkboxes(choices: Sequence[Choice]) -> Element:
    return {"type": "checkboxes", "options": [option(choice) for choice in choices]}


def radio_buttons(choices: Sequence[Choice]) -> Element:
    return {"type": "radio_buttons", "options": [option(choice) for choice in choices]}


def url_input(hint: str = "") -> Element:
    element: Element = {"type": "url_text_input"}
    return element | ({"placeholder": plain(hint, 150)} if hint else {})


def preformatted(text: str) -> Block:
    """Set in type of one width, nothing in it has a meaning for Slack."""
    inside = {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [inside]}


def modal(title: str, blocks: Sequence[Block], *, close: str = to_say("Close")) -> View:
    """`title` and `close` are said in the language spoken now, where they are not yet."""
    return {
        "type": "modal",
        "title": plain(known(title), 24),
        "close": plain(known(close), 24),
        "blocks": list(blocks),
    }


def form(
    title: str, blocks: Sequence[Block], *, callback: str, submit: str, memory: str = ""
) -> View:
    """A modal that can be sent; `memory` comes back with it."""
    return modal(title, blocks, close=to_say("Cancel")) | {
        "submit": plain(submit, 24),
        "callback_id": callback,
        "private_metadata": memory,
    }


def home(blocks: Sequence[Block], *, memory: str) -> View:
    """The App Home of one person; `memory` comes back with what they press in it."""
    return {"type": "home", "blocks": list(blocks), "private_metadata": memory}


def body_of(message: Message) -> Mapping[str, Any]:
    """The arguments that every call with a message takes."""
    return {"text": message.text, "blocks": list(message.blocks)}


def notice(sentence: str) -> Message:
    """A plain sentence as a message; `sentence` is not escaped yet."""
    return Message(text=literal(sentence), blocks=[section(plain(sentence))])
