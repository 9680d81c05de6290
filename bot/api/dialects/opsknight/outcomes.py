"""What becomes of an event, as far as it is known before it is triaged."""

from dataclasses import dataclass

from bot.api.alert_sources import Ringing
from bot.api.dialects.opsknight import words
from bot.api.recent_events import RecentEvents
from core.domain.alert import Fingerprint
from core.domain.maintenance import MaintenanceState
from core.ports import AlertedWindow, AlertRow, MaintenanceQuery, ReadModels

IN_PROGRESS = frozenset({MaintenanceState.IN_PROGRESS})


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """`alert` is what fires already, `window` what keeps it from calling anybody."""

    action: str
    alert: AlertRow | None = None
    window: AlertedWindow | None = None


class Outcomes:
    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads
        self._recent = RecentEvents()

    async def of(self, ringing: Ringing, action: str, key: str) -> Outcome:
        """Triage decides in the order of arrival; this is for the answer alone."""
        alert = await self._reads.latest_alert(
            ringing.organization_id, ringing.integration.id, Fingerprint(key)
        )
        place = (ringing.integration.id, key)
        recent = self._recent.last(place)
        fires = _fires(alert) if recent is None else recent == "trigger"
        if fires or action == "trigger":
            self._recent.note(place, "trigger" if action == "acknowledge" else action)
        known = alert if fires else None
        quiet = known is not None and known.episode.incident_id is None
        word = words.outcome(action, fires=fires, suppressed=quiet)
        if action == "trigger" and not fires:
            return Outcome(action=word, window=await self._window(ringing))
        window = known.window if known and known.suppressed else None
        return Outcome(action=word, alert=known, window=window)

    def forget(self, ringing: Ringing, key: str) -> None:
        """It was not stored after all."""
        self._recent.forget((ringing.integration.id, key))

    async def _window(self, ringing: Ringing) -> AlertedWindow | None:
        """One in progress on the service that the event is about."""
        service_id = ringing.integration.service_id
        if service_id is None:
            return None
        query = MaintenanceQuery(states=IN_PROGRESS, service_id=service_id, limit=1)
        page = await self._reads.maintenances(ringing.organization_id, query)
        windows = [row.maintenance for row in page.rows]
        return next((AlertedWindow(id=w.id, number=w.number, title=w.title) for w in windows), None)


def _fires(alert: AlertRow | None) -> bool:
    """One whose incident is over fires no more, whatever its source thinks. One that called
    nobody has none that could be over."""
    if alert is None or not alert.episode.firing:
        return False
    called = alert.episode.incident_id is not None
    return not called or (alert.incident is not None and alert.incident.active)
