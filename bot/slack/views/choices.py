"""Questions back, when a command leaves open to whom or for how long."""

from collections.abc import Mapping

from bot.slack import blocks as b
from bot.slack.views.lists import RUN
from core.domain.ids import IncidentId
from core.language import say, to_say

ASSIGN = "incident.assign"
ASSIGN_BLOCK = "incident.assign:"

_SPANS: Mapping[str, str] = {
    "30m": to_say("30 minutes"),
    "1h": to_say("1 hour"),
    "2h": to_say("2 hours"),
    "4h": to_say("4 hours"),
    "tomorrow 09:00": to_say("Until tomorrow, 09:00"),
}
"""As they are typed, and as they are read."""


def which_assignee(id: IncidentId, reference: str) -> b.Message:
    question = say("Who works on {reference}?", reference=reference)
    elements = [
        b.person_select() | {"action_id": ASSIGN},
        b.button(
            say("Assign me"),
            action=f"{RUN}.me",
            value=f"assign {reference} me",
            said=say("Assign me to {reference}", reference=reference),
        ),
    ]
    blocks = [b.section(b.plain(question)), b.actions(elements, id=f"{ASSIGN_BLOCK}{id}")]
    return b.Message(text=question, blocks=blocks)


def which_span(reference: str) -> b.Message:
    question = say(
        "For how long is {reference} snoozed? It opens again by itself then. Any other time can be "
        "typed, like “/incident snooze 45m” or “/incident snooze until 14:30”.",
        reference=reference,
    )
    buttons = [
        b.button(
            say(label),
            action=f"{RUN}.span{place}",
            value=f"snooze {reference} {span}",
            said=f"{say(label)}: {reference}",
        )
        for place, (span, label) in enumerate(_SPANS.items())
    ]
    blocks = [b.section(b.plain(question)), b.actions(buttons, id="incident.spans")]
    return b.Message(text=question, blocks=blocks)


def incident_of(block_id: str) -> IncidentId:
    """What `which_assignee` wrote into the block."""
    return IncidentId(block_id.removeprefix(ASSIGN_BLOCK))
