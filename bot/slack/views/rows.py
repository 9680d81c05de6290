"""Several things at once, for one reader: a line each, with a button that goes on from there."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.slack import blocks as b
from bot.slack.text import literal, units


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """`text` is escaped already; `typed` is the command line that its button carries."""

    reference: str
    title: str
    text: str
    label: str
    typed: str


def listed(heading: str, lines: Sequence[Line], action: str, tail: str = "") -> b.Message:
    """`action` is what the buttons are known by; `tail` says what is not shown."""
    blocks = [b.section(b.plain(heading))]
    for number, line in enumerate(lines):
        said = f"{line.label} {line.reference}"
        button = b.button(line.label, action=action, value=line.typed, said=said)
        row = b.section(b.mrkdwn(line.text), accessory=button)
        blocks.append(row | {"block_id": f"{action}.{number}"})
    if tail:
        blocks.append(b.context(b.plain(tail)))
    spoken = "; ".join(f"{line.reference} {literal(line.title, 80)}" for line in lines)
    return b.Message(text=f"{literal(heading)} {spoken}".strip(), blocks=blocks)


def typed(verb: str, reference: str, rest: str) -> str:
    return carried(f"{verb} {reference} {rest}".strip(), 2)


def carried(line: str, words: int) -> str:
    """What is too long for a button is asked for again in the form, after so many words."""
    return line if units(line) <= b.MAX_VALUE else " ".join(line.split()[:words])
