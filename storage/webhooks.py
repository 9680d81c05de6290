"""What is sent to outgoing webhooks, in SQL."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Integer, bindparam, func, select, tuple_
from sqlalchemy import update as sql_update

from core.domain.ids import EndpointId, OrganizationId
from core.domain.webhook_delivery import DeliveryState, WebhookDelivery
from core.effects import Effect, SendWebhook
from core.errors import NotFound
from core.ports.webhooks import DeliveryPage, DeliveryQuery
from storage.connection import Connection
from storage.expressions import Beside, OneOf
from storage.mapping import Mapping
from storage.session import EVERY, Draft
from storage.statements import Statement, guarded, insertion
from storage.tables import webhook_deliveries
from storage.types import UtcDateTime

Follow: TypeAlias = Callable[[Effect, datetime], None]
"""Puts an effect into the outbox, due at a time."""

_DELIVERY = Mapping(WebhookDelivery)
_d = webhook_deliveries.c
_changing = ("state", "attempts", "status", "reason", "settled_at")
_columns = _DELIVERY.columns(webhook_deliveries)
_GET = Statement(
    select(*_columns).where(
        Beside(_d.organization_id) == bindparam("organization"), _d.id == bindparam("id")
    )
)
_KNOWN = Statement(
    select(_d.endpoint_id, _d.entry_id).where(
        Beside(_d.organization_id) == bindparam("organization"),
        OneOf(_d.endpoint_id, "endpoints"),
        OneOf(_d.entry_id, "entries"),
    )
)
_INSERT = insertion(webhook_deliveries)
_SAVE = guarded(
    sql_update(webhook_deliveries)
    .where(_d.organization_id == bindparam("organization"), _d.id == bindparam("this_id"))
    .values({name: bindparam(name, type_=_d[name].type, required=True) for name in _changing}),
    webhook_deliveries,
)
_of_endpoint = (
    _d.organization_id == bindparam("organization"),
    _d.endpoint_id == bindparam("endpoint"),
)
_GIVEN_UP = Statement(
    select(*_columns)
    .where(*_of_endpoint, _d.state == DeliveryState.FAILED)
    .order_by(_d.created_at, _d.id)
    .limit(bindparam("limit", type_=Integer))
)
_arrived = (
    select(func.max(_d.created_at, type_=UtcDateTime()))
    .where(*_of_endpoint, _d.state == DeliveryState.DELIVERED)
    .scalar_subquery()
)
_SINCE_ARRIVAL = Statement(
    select(func.count(), func.min(_d.created_at, type_=UtcDateTime())).where(
        *_of_endpoint,
        _d.state == DeliveryState.FAILED,
        _arrived.is_(None) | (_d.created_at > _arrived),
    )
)
_FILTERS: dict[str, ColumnElement[bool]] = {
    "states": OneOf(_d.state, "states"),
    "after": tuple_(_d.created_at, _d.id)
    < tuple_(bindparam("after_at", type_=UtcDateTime), bindparam("after_id")),
}
_ALL = ("webhook_deliveries", EVERY)


class SqlWebhookDeliveries:
    def __init__(self, draft: Draft, organization_id: OrganizationId, follow: Follow) -> None:
        self._draft = draft
        self._organization_id = organization_id
        self._follow = follow

    async def get(self, id: str) -> WebhookDelivery:
        row = await self._draft.one(_GET, {"organization": self._organization_id, "id": id}, _ALL)
        if row is None:
            raise NotFound(f"There is no delivery {id}.")
        return _DELIVERY.value(row)

    async def queue(self, deliveries: Sequence[WebhookDelivery]) -> list[WebhookDelivery]:
        values = {
            "organization": self._organization_id,
            "endpoints": sorted({one.endpoint_id for one in deliveries}),
            "entries": sorted({one.entry_id for one in deliveries}),
        }
        rows = await self._draft.fetch(_KNOWN, values, _ALL)
        known = {(endpoint_id, entry_id) for endpoint_id, entry_id in rows}
        new = [one for one in deliveries if (one.endpoint_id, one.entry_id) not in known]
        for delivery in new:
            row = _DELIVERY.row(delivery, organization_id=self._organization_id)
            self._draft.stage(_INSERT, row, _ALL)
            await self.send(delivery, delivery.created_at)
        return new

    async def save(self, delivery: WebhookDelivery) -> None:
        await self._draft.settle(_ALL)
        row = _DELIVERY.row(delivery, organization=self._organization_id, this_id=delivery.id)
        self._draft.stage(_SAVE, row, _ALL)

    async def given_up(self, endpoint_id: EndpointId, limit: int) -> list[WebhookDelivery]:
        values = {"organization": self._organization_id, "endpoint": endpoint_id, "limit": limit}
        rows = await self._draft.fetch(_GIVEN_UP, values, _ALL)
        return [_DELIVERY.value(row) for row in rows]

    async def since_arrival(self, endpoint_id: EndpointId) -> tuple[int, datetime | None]:
        values = {"organization": self._organization_id, "endpoint": endpoint_id}
        [(count, since)] = await self._draft.fetch(_SINCE_ARRIVAL, values, _ALL)
        return count, since

    async def send(self, delivery: WebhookDelivery, at: datetime) -> None:
        self._follow(SendWebhook(endpoint_id=delivery.endpoint_id, delivery_id=delivery.id), at)


async def page(
    connection: Connection, organization_id: OrganizationId, query: DeliveryQuery
) -> DeliveryPage:
    at, id = query.after or (None, None)
    values = {
        "organization": organization_id,
        "endpoint": query.endpoint_id,
        "limit": query.limit + 1,
        **_given({"states": sorted(query.states), "after": query.after}),
        "after_at": at,
        "after_id": id,
    }
    shape = tuple(name for name in _FILTERS if name in values)
    rows = await connection.fetch(_listing(shape), values)
    shown = tuple(map(_DELIVERY.value, rows[: query.limit]))
    return DeliveryPage(deliveries=shown, more=len(rows) > query.limit)


async def one(connection: Connection, organization_id: OrganizationId, id: str) -> WebhookDelivery:
    rows = await connection.fetch(_GET, {"organization": organization_id, "id": id})
    if not rows:
        raise NotFound(f"There is no delivery {id}.")
    return _DELIVERY.value(rows[0])


def _given(wanted: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in wanted.items() if value}


@lru_cache(maxsize=4)
def _listing(shape: tuple[str, ...]) -> Statement:
    return Statement(
        select(*_columns)
        .where(
            *_of_endpoint,
            *(_FILTERS[name] for name in shape),
        )
        .order_by(_d.created_at.desc(), _d.id.desc())
        .limit(bindparam("limit", type_=Integer))
    )
