"""Lines of the timeline as they are read: when above, and the words as they were typed."""

from collections.abc import Mapping, Sequence

from bot.slack import blocks as b
from bot.slack.text import clip, literal, moment, units
from bot.slack.views.told import on_the_clock
from core.domain.chronicle import Line, LineKind
from core.language import say, say_many

SHOWN_TEXT = 1_200
PAGE_TEXT = 8_500
"""Units of all lines of a page together: Slack refuses messages that are much longer."""

ICONS: Mapping[LineKind, str] = {
    LineKind.CHANGE: "🔹",
    LineKind.UPDATE: "📣",
    LineKind.NOTE: "💬",
    LineKind.ALERT: "🔔",
    LineKind.MESSAGE: "📌",
}


def line_blocks(lines: Sequence[Line], buttons: Sequence[b.Element | None]) -> list[b.Block]:
    """Of all together no more than a message may hold; what short lines leave is for the long."""
    lengths = [_length(line, SHOWN_TEXT) for line in lines]
    left, share = PAGE_TEXT, PAGE_TEXT
    for number, length in enumerate(sorted(lengths)):
        share = left // (len(lengths) - number)
        left -= min(length, share)
    blocks: list[b.Block] = []
    for line, length, button in zip(lines, lengths, buttons, strict=True):
        most = SHOWN_TEXT if length <= share else share - _length(line, 0)
        blocks += _line(line, most, button)
    return blocks


def _line(line: Line, most: int, button: b.Element | None) -> list[b.Block]:
    return [b.context(b.mrkdwn(_about(line))), b.section(_words(line, most), accessory=button)]


def _length(line: Line, most: int) -> int:
    return units(_about(line)) + units(_words(line, most)["text"])


def _words(line: Line, most: int) -> b.TextObject:
    """`most` of what, by whom where the words do not say it. Words of people stay as they were
    typed; where a time of ours is among them it is on the clock of whoever reads it."""
    if line.times:
        said = on_the_clock(literal(line.text, max(most, 1)), line.times)
        return b.mrkdwn(f"{ICONS[line.kind]} {said}")
    words = clip(line.text, max(most, 1))
    if line.kind is LineKind.MESSAGE:
        words = say("{author} wrote: {text}", author=clip(line.author, 100), text=words)
    return b.plain(f"{ICONS[line.kind]} {words}")


def _about(line: Line) -> str:
    """Escaped: when, and what belongs to it."""
    parts = [moment(line.at)]
    if line.files:
        names = literal(", ".join(line.files), 200)
        parts.append(say_many("File: {names}", "Files: {names}", len(line.files), names=names))
    if line.link:
        parts.append(f"<{line.link}|{say('Open the message')}>")
    if line.edited:
        parts.append(f"_{say('corrected')}_")
    return " · ".join(parts)
