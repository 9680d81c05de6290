"""Use cases on metrics, and the drafts that are made of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from functools import partial

from core import commands as c
from core.domain.actor import Caller
from core.domain.events import RecordChanged
from core.domain.ids import IncidentId, ServiceId
from core.domain.incident import MAX_TITLE, Incident
from core.domain.metric import (
    MAX_NAME,
    MAX_TEXT,
    Metric,
    MetricStatus,
    metric_status_named,
)
from core.domain.state import Phase, State
from core.domain.text import one_line, paragraphs, shorten
from core.domain.update import FirstMessage
from core.errors import NotFound
from core.ports import UnitOfWork
from core.usecases import incidents, records
from core.usecases.incident_checks import incident_for, require_services


async def add(command: c.AddMetric, uow: UnitOfWork, now: datetime) -> Metric:
    metric = Metric(
        id=uow.new_id(Metric.PREFIX),
        created_at=now,
        updated_at=now,
        name=_name(command.name),
        description=_text(command.description, "description"),
        service_ids=await _services(command.service_ids, uow),
        status=metric_status_named(command.status),
        note=_text(command.note, "note"),
        probed=command.probed,
        status_at=now,
    )
    return await records.add(metric, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditMetric, uow: UnitOfWork, now: datetime) -> Metric:
    before = await uow.records(Metric).get(command.metric_id)
    after = records.revised(before, command, _MAKING)
    if command.service_ids is not None:
        after = replace(after, service_ids=await _services(command.service_ids, uow))
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(command: c.DeleteMetric, uow: UnitOfWork, now: datetime) -> Metric:
    metric = await uow.records(Metric).get(command.metric_id)
    return await records.remove(metric, uow, by=command.caller.actor, at=now)


async def set_status(command: c.SetMetricStatus, uow: UnitOfWork, now: datetime) -> Metric:
    status, note = metric_status_named(command.status), _text(command.note, "note")
    before = await uow.records(Metric).get(command.metric_id)
    after, event = records.changed(
        before, before.set_status(status, note, at=now), by=command.caller.actor, at=now
    )
    reason = replace(event, fields=("status",)) if event else None
    return await uow.records(Metric).save(after, because=reason)


async def draft(command: c.DraftFromMetric, uow: UnitOfWork, now: datetime) -> Incident:
    """Who comes first drafts. The metric is stored with the draft, so that of several at once
    all but one are told `Conflict`, look again, and find it."""
    metric = await uow.records(Metric).get(command.metric_id)
    earlier = await _still_there(metric.fresh_draft(now), command.caller, uow)
    if earlier is not None:
        return earlier
    incident = await incidents.declare(_about(metric, command), uow, now)
    event = RecordChanged(
        by=command.caller.actor,
        at=now,
        noun=metric.NOUN,
        record_id=metric.id,
        name=metric.label,
        fields=("latest draft",),
    )
    await uow.records(Metric).save(metric.drafted(incident.id, at=now), because=event)
    return incident


def _about(metric: Metric, command: c.DraftFromMetric) -> c.DeclareIncident:
    severity = "major" if metric.status is MetricStatus.UNHEALTHY else "minor"
    return c.DeclareIncident(
        caller=command.caller,
        title=shorten(f"Investigating: {metric.name}", MAX_TITLE),
        severity=severity,
        service_ids=metric.service_ids,
        state=State.DRAFT,
        first_message=FirstMessage(phase=Phase.INVESTIGATING, text=metric.spoken),
        metric_id=metric.id,
    )


async def _still_there(id: IncidentId | None, caller: Caller, uow: UnitOfWork) -> Incident | None:
    """A draft that was deleted meanwhile is none."""
    if id is None:
        return None
    try:
        return await incident_for(caller, id, uow)
    except NotFound:
        return None


async def _services(ids: Iterable[ServiceId], uow: UnitOfWork) -> tuple[ServiceId, ...]:
    wanted = tuple(dict.fromkeys(ids))
    await require_services(wanted, uow)
    return wanted


def _name(text: str) -> str:
    return one_line(text, field="name", limit=MAX_NAME)


def _text(text: str, field: str) -> str:
    return paragraphs(text, field=field, limit=MAX_TEXT)


_MAKING: records.Making = {
    "name": _name,
    "description": partial(_text, field="description"),
    "probed": bool,
}
