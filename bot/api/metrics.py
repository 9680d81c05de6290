"""`/api/v1/metrics`: what is watched, and how it is doing."""

from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from bot.api import metric_operations as operations
from bot.api import wire_v1
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.metric_shapes import MetricChange, NewMetric, NewStatus
from bot.api.operations import Call
from bot.api.record_pages import found, listed
from bot.api.renaming import renaming
from bot.web.times import instant
from core.commands import AddMetric, DeleteMetric, EditMetric, SetMetricStatus
from core.domain.ids import ServiceId
from core.domain.metric import Metric

FIELDS = {"service_ids": "affected_services"}


class Metrics:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.LIST, self.list)
        server.add(operations.CREATE, self.create)
        server.add(operations.SHOW, self.show)
        server.add(operations.EDIT, self.edit)
        server.add(operations.DELETE, self.delete)
        server.add(operations.SET_STATUS, self.set_status)

    async def list(self, call: Call) -> web.Response:
        names = await self._names(call)
        return answer(await listed(self._doors, call, Metric, lambda one: metric_json(one, names)))

    async def create(self, call: Call) -> web.Response:
        wish: NewMetric = call.body
        with renaming(FIELDS):
            metric = await self._doors.bus.execute(
                AddMetric(
                    caller=call.client.caller,
                    key=call.key,
                    name=wish.name,
                    description=wish.description or "",
                    service_ids=_ids(wish.affected_services or ()),
                    status=wish.status or "healthy",
                    note=wish.note or "",
                    probed=bool(wish.probed),
                )
            )
        return await self._shown(call, metric, status=201)

    async def show(self, call: Call) -> web.Response:
        metric = await found(self._doors, call, Metric)
        return await self._shown(call, metric)

    async def edit(self, call: Call) -> web.Response:
        wish: MetricChange = call.body
        services = wish.affected_services
        with renaming(FIELDS):
            metric = await self._doors.bus.execute(
                EditMetric(
                    caller=call.client.caller,
                    key=call.key,
                    metric_id=call.params["id"],
                    name=wish.name,
                    description=wish.description,
                    service_ids=None if services is None else _ids(services),
                    probed=wish.probed,
                )
            )
        return await self._shown(call, metric)

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteMetric(caller=call.client.caller, key=call.key, metric_id=call.params["id"])
        )
        return no_content()

    async def set_status(self, call: Call) -> web.Response:
        wish: NewStatus = call.body
        metric = await self._doors.bus.execute(
            SetMetricStatus(
                caller=call.client.caller,
                key=call.key,
                metric_id=call.params["id"],
                status=wish.status,
                note=wish.note or "",
            )
        )
        return await self._shown(call, metric)

    async def _shown(self, call: Call, metric: Metric, *, status: int = 200) -> web.Response:
        entry = metric_json(metric, await self._names(call))
        return answer(wire_v1.one(entry), status=status)

    async def _names(self, call: Call) -> Mapping[str, str]:
        services = await self._doors.reads.services(call.client.organization_id)
        return {service.id: service.name for service in services}


def metric_json(metric: Metric, services: Mapping[str, str]) -> dict[str, Any]:
    """`services`: the names of the organisation's services by id."""
    return {
        "id": metric.id,
        "name": metric.name,
        "description": metric.description,
        "affected_services": [
            {"id": id, "name": services.get(id, "")} for id in metric.service_ids
        ],
        "status": metric.status,
        "note": metric.note,
        "status_at": instant(metric.status_at),
        "probed": metric.probed,
        "created_at": instant(metric.created_at),
        "updated_at": instant(metric.updated_at),
    }


def _ids(ids: Iterable[str]) -> tuple[ServiceId, ...]:
    return tuple(ServiceId(id) for id in ids)
