"""Which service alerts are about: that of their source, or the one that a label names."""

from collections.abc import Sequence

from core.domain.alert import Alert, AlertStatus
from core.domain.ids import ServiceId
from core.domain.tuning import service_named
from core.usecases.alert_changes import ServiceOf, no_service
from core.usecases.ring import Ring


async def service_of(alerts: Sequence[Alert], ring: Ring) -> ServiceOf:
    """A name that no service has says nothing."""
    settings, own = ring.integration.settings, ring.integration.service_id
    if own is not None:
        return lambda _: own
    words = {
        service_named(alert.labels, settings)
        for alert in alerts
        if alert.status is AlertStatus.FIRING
    } - {""}
    known = await ring.uow.services.meant(words) if words else {}
    if not known:
        return no_service

    def of(alert: Alert) -> ServiceId | None:
        return known.get(service_named(alert.labels, settings))

    return of
