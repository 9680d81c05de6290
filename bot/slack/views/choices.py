"""Questions back, when a command leaves open to whom or how much."""

from bot.slack import blocks as b
from bot.slack.views.lists import RUN
from core.domain.ids import IncidentId
from core.domain.severity import Severity

ASSIGN = "incident.assign"
ASSIGN_BLOCK = "incident.assign:"


def which_severity(reference: str) -> b.Message:
    question = f"How severe is {reference}?"
    buttons = [
        b.button(
            severity.label, action=f"{RUN}.{severity}", value=f"severity {reference} {severity}"
        )
        for severity in Severity
    ]
    blocks = [b.section(b.plain(question)), b.actions(buttons, id="incident.severities")]
    return b.Message(text=question, blocks=blocks)


def which_assignee(id: IncidentId, reference: str) -> b.Message:
    question = f"Who works on {reference}?"
    elements = [
        b.person_select() | {"action_id": ASSIGN},
        b.button(
            "Assign me",
            action=f"{RUN}.me",
            value=f"assign {reference} me",
            said=f"Assign me to {reference}",
        ),
    ]
    blocks = [b.section(b.plain(question)), b.actions(elements, id=f"{ASSIGN_BLOCK}{id}")]
    return b.Message(text=question, blocks=blocks)


def incident_of(block_id: str) -> IncidentId:
    """What `which_assignee` wrote into the block."""
    return IncidentId(block_id.removeprefix(ASSIGN_BLOCK))
