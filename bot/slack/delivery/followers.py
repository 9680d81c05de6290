"""Who follows an incident from afar, and may hear of what happened."""

from collections.abc import Iterable, Sequence

from bot.slack.delivery.errand import IncidentErrand
from bot.slack.delivery.posting import Poster
from bot.slack.outages import FOLLOW
from core.domain import events as e
from core.domain.account import User
from core.domain.particulars import Mode
from core.domain.subscription import MOST_TOLD, Subscription
from core.domain.viewer import Viewer
from core.ports import ReadModels, RecordQuery
from core.views import IncidentCard, TimelineEntry


class Followers:
    def __init__(self, poster: Poster, reads: ReadModels) -> None:
        self._poster = poster
        self._reads = reads

    async def of(self, errand: IncidentErrand, entry: TimelineEntry) -> list[Subscription]:
        """Each once, by the closest of what they follow; nobody hears of their own doing. Whoever
        heard of it hears how it ends, though its severity or its services are others by then."""
        found = _once(await self._following(errand, _subjects(errand.card, entry)))
        told = await self._told(errand) - found.keys()
        if told and errand.card.incident.mode is Mode.STANDARD:
            earlier = await self._following(errand, await self._subjects_before(errand))
            found |= _once(one for one in earlier if one.follower in told)
        users = await self._reads.users(errand.organization_id) if found else []
        return [one for one in found.values() if _hears(one, errand.card, entry, users)]

    async def _following(
        self, errand: IncidentErrand, subjects: Iterable[str]
    ) -> list[Subscription]:
        found: list[Subscription] = []
        for subject in subjects:
            query = RecordQuery(parent_id=subject, limit=MOST_TOLD)
            page = await self._reads.records(errand.organization_id, Subscription, query)
            found += page.rows
        return found

    async def _told(self, errand: IncidentErrand) -> frozenset[str]:
        roles = (one.role for one in await self._poster.all_standing(errand))
        told = (role.removeprefix(FOLLOW) for role in roles if role.startswith(FOLLOW))
        return frozenset(role.partition(":")[0] for role in told)

    async def _subjects_before(self, errand: IncidentErrand) -> list[str]:
        """What it was once, and is no more."""
        organization = errand.organization_id
        entries = await self._reads.timeline(organization, errand.card.incident.id)
        happened = [entry.event for entry in entries]
        severities = {one.before.value for one in happened if isinstance(one, e.SeverityChanged)}
        edits = (one for one in happened if isinstance(one, e.IncidentEdited))
        names = {name for edit in edits for name in edit.services_removed}
        services = await self._reads.services(organization) if names else []
        return [*(one.id for one in services if one.name in names), *sorted(severities)]


def _once(subscriptions: Iterable[Subscription]) -> dict[str, Subscription]:
    found: dict[str, Subscription] = {}
    for one in subscriptions:
        found.setdefault(one.follower, one)
    return found


def _subjects(card: IncidentCard, entry: TimelineEntry) -> Sequence[str]:
    """A rehearsal is news only for who follows that very incident."""
    incident, event = card.incident, entry.event
    if incident.mode is not Mode.STANDARD:
        return [incident.id]
    until_now = [event.before.value] if isinstance(event, e.SeverityChanged) else []
    return [incident.id, *incident.service_ids, incident.severity.value, *until_now]


def _hears(
    one: Subscription, card: IncidentCard, entry: TimelineEntry, users: Iterable[User]
) -> bool:
    incident = card.incident
    if one.of_channel:
        known_there = one.follower == incident.channel_id
        return not incident.private and not known_there
    user = next((user for user in users if user.slack_user_id == one.follower), None)
    if user is None or not user.admitted:
        return False
    return Viewer(user_id=user.id).sees(incident) and entry.event.by.user_id != user.id
