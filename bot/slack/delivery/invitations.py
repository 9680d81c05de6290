"""Who works on an incident, and who belongs to all of its kind, invited into its channel."""

from collections.abc import Iterable, Sequence
from itertools import chain

from bot.incident_settings import settings_of
from bot.slack.delivery.errand import Errand, IncidentErrand
from bot.slack.delivery.posting import Poster
from bot.slack.failures import Refused
from bot.slack.people import member_with_email
from bot.slack.shapes import Room, Spot
from core.domain.ids import ChannelId, UserId
from core.domain.incident import Incident
from core.domain.incident_settings import IncidentSettings
from core.domain.viewer import knowing
from core.effects import InvitePeople
from core.ports import Posting, ReadModels
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

GONE = frozenset({"cannot_dm_bot", "user_disabled", "user_not_found", "user_not_visible"})
"""Whoever left hears nothing more, and nobody has to be told so."""

NOT_THERE = frozenset({"cant_kick_self", "not_in_channel", "user_not_found"})
INVITED = "invited"


class Invitations:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def invite(self, effect: InvitePeople, errand: IncidentErrand) -> None:
        if errand.room is None or errand.card.incident.deleted_at:
            return
        wanted = await self._people(errand)
        found = [await member_of(errand, person) for person in wanted]
        members = list(dict.fromkeys(member for member in found if member))
        for start in range(0, len(members), AT_ONCE):
            await _invite(errand, errand.room, members[start : start + AT_ONCE])
        if errand.secret:
            await self._only(errand, errand.room, members)

    async def _people(self, errand: IncidentErrand) -> list[Person]:
        """Into the channel of a private incident nobody comes who may not know of it."""
        card = errand.card
        if errand.secret:
            return await people_named(self._reads, errand, knowing(card.incident))
        settings = await settings_of(self._reads, errand.organization_id)
        usual = _always(settings, card.incident)
        present = [card.creator, card.assignee, *(one.person for one in card.players)]
        others = await people_named(self._reads, errand, usual)
        return [person for person in [*present, *card.owners, *others] if person]

    async def _only(self, errand: IncidentErrand, room: Room, members: Sequence[str]) -> None:
        """Who was invited and may not know of it any more is taken out again; whom people of the
        channel let in themselves is their business."""
        for posting in await self._poster.all_standing(errand):
            kind, _, member = posting.role.partition(":")
            here = kind == INVITED and posting.channel_id == room.id and posting.ts
            if here and member not in members:
                await _take_out(errand, room, member)
                await self._poster.note(errand, _invited(room, member, there=False))
        for member in members:
            await self._poster.note(errand, _invited(room, member, there=True))


def _always(settings: IncidentSettings, incident: Incident) -> list[UserId]:
    """Who comes into every channel of such an incident."""
    of_services = [settings.invited_for(service_id) for service_id in incident.service_ids]
    return [*settings.of(incident.severity).invitees, *chain.from_iterable(of_services)]


def _invited(room: Room, member: str, *, there: bool) -> Posting:
    mark = "in" if there else ""
    return Posting(role=f"{INVITED}:{member}", channel_id=ChannelId(room.id), ts=mark)


async def _take_out(errand: IncidentErrand, room: Room, member: str) -> None:
    try:
        await errand.gateway.kick(room, member)
    except Refused as refused:
        if refused.code not in NOT_THERE:
            raise


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


async def member_of(errand: Errand, person: Person) -> str | None:
    """Who that is in Slack, by what is known or by e-mail."""
    if person.slack_user_id:
        return person.slack_user_id
    member = await member_with_email(errand.gateway, person.email)
    return None if member is None or member.is_bot or member.is_gone else member.id


async def in_person(errand: Errand, person: Person) -> Spot | None:
    """None for whoever is not in Slack, or not any more."""
    member = await member_of(errand, person)
    if not member:
        return None
    try:
        return Spot(room=await errand.gateway.open_direct(member))
    except Refused as refused:
        if refused.code not in GONE:
            raise
        return None


async def people_named(reads: ReadModels, errand: Errand, ids: Iterable[UserId]) -> list[Person]:
    """Those of them who are still with the organisation, by name."""
    wanted = frozenset(ids)
    users = await reads.users(errand.organization_id) if wanted else []
    return [
        Person(id=one.id, name=one.name, email=one.email, slack_user_id=one.slack_user_id)
        for one in users
        if one.id in wanted and one.admitted
    ]
