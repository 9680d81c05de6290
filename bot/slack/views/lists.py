"""Several incidents at once, for one reader."""

from collections.abc import Mapping, Sequence

from bot.slack import blocks as b
from bot.slack.text import literal, moment
from bot.slack.views.words import marked_status
from core.views import IncidentPage, IncidentRow

RUN = "incident.run"
"""A button that carries a whole command line, as if it had been typed."""

LABELS: Mapping[str, str] = {"ack": "Acknowledge"}


def incident_list(page: IncidentPage, heading: str) -> b.Message:
    blocks = [
        b.section(b.plain(heading)),
        *(_row(row, number, "Show", f"show {row.reference}") for number, row in _numbered(page)),
    ]
    if page.total > len(page.rows):
        blocks.append(b.context(b.plain(f"{page.total - len(page.rows)} more are not shown.")))
    elif page.more:
        blocks.append(b.context(b.plain("Older ones are not shown.")))
    return b.Message(text=_text(heading, page.rows), blocks=blocks)


def which_incident(page: IncidentPage, verb: str, rest: str) -> b.Message:
    """The same command for each incident that could have been meant."""
    heading = f"Which incident? Choose one, or type “/incident {verb} INC-n”."
    blocks = [
        b.section(b.plain(heading)),
        *(
            _row(row, number, LABELS.get(verb, verb.capitalize()), _line(verb, row.reference, rest))
            for number, row in _numbered(page)
        ),
    ]
    return b.Message(text=_text(heading, page.rows), blocks=blocks)


def _numbered(page: IncidentPage) -> Sequence[tuple[int, IncidentRow]]:
    return [*enumerate(page.rows)]


def _row(row: IncidentRow, number: int, label: str, line: str) -> b.Block:
    who = literal(row.assignee_name, 100) if row.assignee_name else "nobody assigned"
    text = (
        f"*{row.reference}* {literal(row.title, 300)}\n{marked_status(row.state, row.phase)} · "
        f"{row.severity.label} · {who} · {moment(row.created_at)}"
    )
    button = b.button(label, action=RUN, value=line, said=f"{label} {row.reference}")
    return b.section(b.mrkdwn(text), accessory=button) | {"block_id": f"incident.{number}"}


def _line(verb: str, reference: str, rest: str) -> str:
    """Words too long for a button are asked for again in the form."""
    line = f"{verb} {reference} {rest}".strip()
    return line if len(line) <= b.MAX_VALUE else f"{verb} {reference}"


def _text(heading: str, rows: Sequence[IncidentRow]) -> str:
    spoken = "; ".join(f"{row.reference} {literal(row.title, 80)}" for row in rows)
    return f"{literal(heading)} {spoken}".strip()
