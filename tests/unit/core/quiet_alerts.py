"""What people do about alerts, in front of the fake store: rules, silences, and what falls due."""

from typing import Any

from core.commands import alerting as a
from core.domain.alert import Episode, Fate
from core.domain.ids import ServiceId
from core.domain.routing_rule import RoutingRule
from core.domain.service import Service
from core.domain.silence import Silence
from core.domain.timer import Timer, TimerKind
from tests.unit.core.quiet import PATIENCE, Quiet


async def rule(quiet: Quiet, **body: Any) -> RoutingRule:
    """A rule, the last one unless it says otherwise."""
    return await quiet.bus.execute(
        a.AddRoutingRule(caller=quiet.operator, body={"name": "Test alerts", **body})
    )


async def depends(quiet: Quiet, service: Service, *others: Service) -> None:
    ids = tuple(ServiceId(other.id) for other in others)
    await quiet.bus.execute(
        a.SetDependencies(caller=quiet.operator, service_id=service.id, depends_on=ids)
    )


async def silence_like(quiet: Quiet, episode: Episode, **changes: Any) -> Silence:
    return await quiet.bus.execute(
        a.SilenceAlert(caller=quiet.carol, alert_id=episode.id, **changes)
    )


async def tick(quiet: Quiet) -> None:
    """What the clock does: everything that is due, and the incidents that are over."""
    chores = quiet.store.chores
    for _ in range(PATIENCE):
        due = await chores.due_timers(quiet.clock(), 10)
        lifted = await chores.lifted_incidents(10)
        if not due and not lifted:
            return
        for _, kind, subject in due:
            await quiet.bus.execute(
                a.RingTimer(caller=quiet.operator, kind=kind, subject_id=subject)
            )
        for _, id in lifted:
            await quiet.bus.execute(a.RaiseInhibited(caller=quiet.operator, incident_id=id))
    raise AssertionError("Something is due again and again.")


def fates(quiet: Quiet) -> dict[str, Fate]:
    """By fingerprint, the newest episode's."""
    return {episode.fingerprint: episode.fate for episode in quiet.episodes()}


def titles(quiet: Quiet) -> list[str]:
    return [incident.title for incident in quiet.source.incidents()]


def waited_for(quiet: Quiet) -> list[Timer]:
    """What is due about alerts; people are reminded of the incident besides."""
    timers = quiet.source.rows.timers.values()
    return [timer for timer in timers if timer.kind is not TimerKind.LEAD]
