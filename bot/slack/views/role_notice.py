"""What somebody reads in person who was given a role."""

from bot.slack import blocks as b
from bot.slack.text import channel_link, literal
from core.domain.incident import Incident
from core.domain.incident_role import IncidentRole
from core.language import known, say

SHOWN_TEXT = 900


def role_notice(incident: Incident, role: IncidentRole, giver: str) -> b.Message:
    """`giver` is who gave it, or nobody where they took it themselves."""
    sentence = _given(incident, role, giver)
    description = b.paragraphs(known(role.description), 1)
    instructions = b.paragraphs(known(role.instructions), 2)
    where = [b.context(b.mrkdwn(_where(incident)))] if incident.channel_id else []
    blocks = [
        b.section(b.plain(sentence)),
        *description,
        *instructions,
        *where,
    ]
    asked = [known(text) for text in (role.description, role.instructions) if text]
    return b.Message(text=literal(" ".join([sentence, *asked]), SHOWN_TEXT), blocks=blocks)


def _given(incident: Incident, role: IncidentRole, giver: str) -> str:
    named = {"role": known(role.name), "reference": incident.reference, "title": incident.title}
    if giver:
        return say(
            "🧭 {who} gave you the role {role} in {reference} “{title}”.", who=giver, **named
        )
    return say("🧭 You have the role {role} in {reference} “{title}”.", **named)


def _where(incident: Incident) -> str:
    return say(
        "Its channel is {channel}. To hand the role over, type “/incident role” there.",
        channel=channel_link(incident.channel_id or ""),
    )
