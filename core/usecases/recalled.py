"""Ends of earlier episodes that come when a later one is known: history is put right."""

from core.domain.alert import Fingerprint
from core.usecases.alert_changes import Changes
from core.usecases.ring import Ring


async def take_recalled(changes: Changes, ring: Ring) -> None:
    """Nobody is called for them: they are over, and something later is known of the same alert."""
    if not changes.recalled:
        return
    since = min(alert.starts_at for alert, _ in changes.recalled)
    names: list[Fingerprint] = list({alert.fingerprint: None for alert, _ in changes.recalled})
    stored = await ring.uow.alerts.begun_since(ring.integration.id, names, since)
    told = (*stored, *changes.superseded.values(), *changes.ended.values())
    known = {(one.fingerprint, one.starts_at): one for one in told}
    for alert, ends_at in changes.recalled:
        which = alert.fingerprint, alert.starts_at
        known[which] = changes.recall(alert, ends_at, known.get(which))
