"""Several windows at once, for one reader."""

from collections.abc import Mapping, Sequence

from bot.slack import blocks as b
from bot.slack.text import literal
from bot.slack.views.maintenance_parts import marked_state, span
from bot.slack.views.rows import Line, listed, typed
from core.domain.recurrence import spoken
from core.language import known, say, to_say
from core.ports import MaintenanceRow

RUN = "maintenance.run"
"""A button that carries a whole command line, as if it had been typed."""

LABELS: Mapping[str, str] = {
    "cancel": to_say("Cancel maintenance"),
    "skip": to_say("Skip this one"),
    "start": to_say("Start now"),
}


def window_list(rows: Sequence[MaintenanceRow], heading: str, tail: str = "") -> b.Message:
    lines = [_line(row, say("Show"), f"show {row.maintenance.reference}") for row in rows]
    return listed(heading, lines, RUN, tail)


def which_window(rows: Sequence[MaintenanceRow], verb: str, rest: str) -> b.Message:
    """The same command for each window that could have been meant."""
    heading = say("Which maintenance? Choose one, or type “/maintenance {verb} MNT-n”.", verb=verb)
    label = known(LABELS.get(verb, verb.capitalize()))
    lines = [_line(row, label, typed(verb, row.maintenance.reference, rest)) for row in rows]
    return listed(heading, lines, RUN)


def window_text(row: MaintenanceRow) -> str:
    """What it is, how it stands and when, in two lines, escaped."""
    window = row.maintenance
    parts = [marked_state(window), span(window)]
    if window.recurrence:
        parts.append(literal(spoken(window.recurrence, window.timezone), 200))
    if row.services:
        parts.append(literal(", ".join(name for _, name in row.services), 200))
    return f"*{window.reference}* {literal(window.title, 300)}\n{' · '.join(parts)}"


def _line(row: MaintenanceRow, label: str, typed: str) -> Line:
    window = row.maintenance
    return Line(
        reference=window.reference,
        title=window.title,
        text=window_text(row),
        label=label,
        typed=typed,
    )
