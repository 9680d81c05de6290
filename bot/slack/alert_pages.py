"""The alerts of one incident, a page at a time, for somebody who asks in Slack."""

from dataclasses import dataclass

from bot.slack.gesture import Person, Reply
from bot.slack.views.alerts import LISTED, alert_list
from core.domain.actor import Permission
from core.domain.alert import AlertStatus
from core.domain.ids import EpisodeId, IncidentId
from core.permissions import require
from core.ports import AlertQuery, ReadModels

FIRING = frozenset({AlertStatus.FIRING})


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertPages:
    reads: ReadModels

    async def page(
        self, person: Person, id: IncidentId, *, firing: bool = False, after: str = ""
    ) -> Reply:
        """`after` is the last alert of the page before."""
        require(person.caller, Permission.READ_INCIDENTS)
        organization, last = person.caller.organization_id, EpisodeId(after) if after else None
        query = AlertQuery(
            incident_id=id,
            statuses=FIRING if firing else frozenset(),
            limit=LISTED,
            after=last,
        )
        reads = self.reads.seen_by(person.caller.viewer)
        card = await reads.card(organization, id)
        page = await reads.alerts(organization, query)
        return Reply(message=alert_list(card, page, firing=firing, after=last))
