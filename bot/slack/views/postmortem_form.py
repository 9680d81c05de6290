"""The form in which a postmortem is edited: a field for each section, several for a long one."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack import blocks as b
from bot.slack.text import units
from bot.slack.views.refilled import MOST, refilled
from bot.slack.views.submission import written
from core.domain.postmortem import MAX_TITLE
from core.language import say

EDIT_FORM = "postmortem.edited"
TITLE, SECTION = "title", "section."
LONGEST, PIECE = 2_900, 2_200
"""Characters of a section that one field holds, and of each field where there are several: Slack
takes 3,000, and there is to be room for more."""

MOST_FIELDS, MOST_BYTES = 80, 150_000
"""Of a form, so that there is room for what is said beside them: Slack takes 100 and 250,000."""

MOST_PARAGRAPHS, MOST_TOLD = 3, 8
"""Of the text of somebody else, and how many such texts beside a form."""

_FIELD = re.compile(rf"{re.escape(SECTION)}([0-9a-f-]+)\.\d+\.(n\d+|s|x|0)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`key` tells a section from the others. `question` stands where nothing else does."""

    key: str
    heading: str
    text: str
    question: str = ""

    @property
    def label(self) -> str:
        return self.heading or say("Facts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What was sent: `texts` by the keys of their sections."""

    title: str
    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    """`joint` says what stood between it and the one before: so many ends of a line, a space,
    nothing."""

    joint: str
    text: str


def edit_title() -> str:
    return say("Edit the postmortem")


def edit_form(title: str, parts: Sequence[Part], memory: str) -> b.View:
    field = b.Input(id=TITLE, label=say("Title"), element=b.text_input(longest=MAX_TITLE))
    blocks = [field.starting_with(initial_value=title).block()]
    cut = {part.key: pieces_of(part.text) for part in parts}
    fitting = _fitting(cut)
    for part in parts:
        blocks += _fields(part, cut[part.key]) if part.key in fitting else [_too_long(part)]
    return b.form(edit_title(), blocks, callback=EDIT_FORM, submit=say("Save"), memory=memory)


def contested(
    sent: Mapping[str, Any], parts: Mapping[str, Part], title: str, memory: str
) -> b.View:
    """The form once more as it was sent, and beside what somebody else changed as well what that
    says now: `parts` by key, and the title where that is not empty."""
    # Without what was said beside its fields before.
    asked = [one for one in sent["blocks"] if one["type"] != "section"]
    view = refilled({**sent, "blocks": asked}, {})
    last = {_key_of(block): number for number, block in enumerate(view["blocks"])}
    notes = {last[TITLE]: _other(say("Title"), title, 1)} if title else {}
    room = (MOST - len(view["blocks"])) // max(len(parts) + len(notes), 1) - 1
    most = max(min(room, MOST_PARAGRAPHS), 1)
    notes |= {last[key]: _other(part.label, part.text, most) for key, part in parts.items()}
    blocks = list[b.Block]()
    for number, block in enumerate(view["blocks"]):
        blocks += [block, *notes.get(number, ())]
    return view | {"blocks": blocks[:MOST], "private_metadata": memory}


def filled(sent: Mapping[str, Any]) -> Filled:
    """What the fields of each section say together."""
    values, texts = sent["state"]["values"], dict[str, str]()
    for block in sent["blocks"]:
        found = _FIELD.fullmatch(str(block.get("block_id", "")))
        if not found:
            continue
        key, joint = found.groups()
        text = written(values, block["block_id"])
        texts[key] = _joined(texts[key], joint, text) if key in texts else text
    return Filled(title=written(values, TITLE), texts=texts)


def first_field(sent: Mapping[str, Any], key: str) -> str:
    """The name of the first field of a section."""
    return str(next(one["block_id"] for one in sent["blocks"] if _key_of(one) == key))


def pieces_of(text: str) -> list[_Piece]:
    """Cut at the ends of lines, where there are any; `_joined` again it is the same."""
    if units(text) <= LONGEST:
        return [_Piece(joint="0", text=text)]
    pieces, joint, rest = list[_Piece](), "0", text
    while units(rest) > PIECE:
        end = _reach(rest)
        at = rest.rfind("\n", end // 2, end + 1)
        if at > 0:
            head, tail = rest[:at].rstrip("\n"), rest[at:].lstrip("\n")
            after = f"n{len(rest) - len(head) - len(tail)}"
        elif (at := rest.rfind(" ", end // 2, end + 1)) > 0:
            head, tail, after = rest[:at], rest[at + 1 :], "s"
        else:
            head, tail, after = rest[:end], rest[end:], "x"
        pieces.append(_Piece(joint=joint, text=head))
        joint, rest = after, tail
    return [*pieces, _Piece(joint=joint, text=rest)]


def _joined(before: str, joint: str, text: str) -> str:
    """What was emptied leaves no gap."""
    if not (before and text):
        return before or text
    between = "\n" * int(joint[1:]) if joint.startswith("n") else {"s": " "}.get(joint, "")
    return f"{before}{between}{text}"


def _reach(text: str) -> int:
    """How many characters a field holds of it."""
    end = min(len(text), PIECE)
    while units(text[:end]) > PIECE:
        end -= max((units(text[:end]) - PIECE) // 2, 1)
    return end


def _fitting(cut: Mapping[str, Sequence[_Piece]]) -> frozenset[str]:
    """The short ones first, so that what is left out is what is long."""
    fields, size, keys = len(cut), 0, set[str]()
    for key, pieces in sorted(cut.items(), key=lambda one: sum(len(p.text) for p in one[1])):
        bytes = sum(len(piece.text.encode(errors="replace")) for piece in pieces)
        more = len(pieces) - 1
        if fields + more <= MOST_FIELDS and size + bytes <= MOST_BYTES:
            fields, size = fields + more, size + bytes
            keys.add(key)
    return frozenset(keys)


def _fields(part: Part, pieces: Sequence[_Piece]) -> Iterable[b.Block]:
    for number, piece in enumerate(pieces, start=1):
        label = part.label if len(pieces) == 1 else _numbered(part.label, number, len(pieces))
        field = b.Input(
            id=f"{SECTION}{part.key}.{number}.{piece.joint}",
            label=label,
            element=b.text_input(multiline=True, hint=part.question),
            optional=True,
        )
        yield field.starting_with(initial_value=piece.text).block()


def _numbered(heading: str, number: int, count: int) -> str:
    return say("{heading} ({number} of {count})", heading=heading, number=number, count=count)


def _too_long(part: Part) -> b.Block:
    note = say(
        "“{heading}” has no room in this form, and stays as it is. Shorten other sections, save, "
        "and open the form again; “Draft timeline and tasks anew” below the postmortem draws "
        "those two from what is known now.",
        heading=part.label,
    )
    return b.context(b.plain(note))


def _other(heading: str, text: str, most: int) -> list[b.Block]:
    note = say(
        "⚠️ Somebody else changed “{heading}” while this form was open; saving again puts yours "
        "in its place. It says now:",
        heading=heading,
    )
    return [b.section(b.plain(note)), *b.paragraphs(text or "–", most)]


def _key_of(block: b.Block) -> str:
    id = str(block.get("block_id", ""))
    found = _FIELD.fullmatch(id)
    return found[1] if found else id
