"""Declarer, assignee and owners, invited into the incident's channel."""

from collections.abc import Sequence

from bot.slack.delivery.errand import Errand, IncidentErrand
from bot.slack.failures import Refused
from bot.slack.people import member_with_email
from bot.slack.shapes import Room
from core.effects import InvitePeople
from core.views import Person

AT_ONCE = 100
NOT_INVITED = frozenset(
    {
        "already_in_channel",
        "cant_invite",
        "cant_invite_self",
        "invitee_cant_see_channel",
        "no_user",
        "org_user_not_in_team",
        "ura_max_channels",
        "user_is_restricted",
        "user_not_found",
    }
)
"""About one person, not about the channel: the others are invited all the same."""


async def invite_people(effect: InvitePeople, errand: IncidentErrand) -> None:
    if errand.room is None or errand.card.incident.deleted_at:
        return
    members = await _members(errand)
    for start in range(0, len(members), AT_ONCE):
        await _invite(errand, errand.room, members[start : start + AT_ONCE])


async def _invite(errand: IncidentErrand, room: Room, members: Sequence[str]) -> None:
    """All at once; when Slack refuses the whole for the sake of one, one by one."""
    try:
        await errand.gateway.invite(room, members)
    except Refused as refused:
        if refused.code not in NOT_INVITED:
            raise
        if len(members) > 1:
            for member in members:
                await _invite(errand, room, [member])


async def _members(errand: IncidentErrand) -> list[str]:
    card = errand.card
    people = [card.creator, card.assignee, *card.owners]
    found = [await member_of(errand, person) for person in people if person]
    return list(dict.fromkeys(member for member in found if member))


async def member_of(errand: Errand, person: Person) -> str | None:
    """Who that is in Slack, by what is known or by e-mail."""
    if person.slack_user_id:
        return person.slack_user_id
    member = await member_with_email(errand.gateway, person.email)
    return None if member is None or member.is_bot or member.is_gone else member.id
