"""Use cases on outgoing webhooks, and on what is sent to them."""

from dataclasses import replace
from datetime import datetime

from core import commands as c
from core.domain.actor import Permission
from core.domain.ids import EndpointId, EntryId
from core.domain.text import one_line
from core.domain.webhook_delivery import DeliveryState, WebhookDelivery
from core.domain.webhook_endpoint import (
    MAX_NAME,
    MOST_ENDPOINTS,
    TEST,
    WebhookEndpoint,
    require_events,
    require_url,
)
from core.errors import IllegalTransition, InvalidInput, NotFound
from core.flaws import Flaws
from core.permissions import require
from core.ports import UnitOfWork
from core.usecases import records

GONE = "It answered 410: it wants nothing any more."


async def add(command: c.AddWebhookEndpoint, uow: UnitOfWork, now: datetime) -> WebhookEndpoint:
    """Nobody has more told than they may see themselves."""
    require(command.caller, Permission.READ_MAINTENANCES)
    flaws = Flaws()
    endpoint = WebhookEndpoint(
        id=uow.new_id(WebhookEndpoint.PREFIX),
        created_at=now,
        updated_at=now,
        url=flaws.checked(lambda: require_url(command.url), ""),
        name=flaws.checked(lambda: _name(command.name), ""),
        events=flaws.checked(lambda: require_events(command.events), ()),
        secret=command.secret,
    )
    flaws.refuse()
    if len(await uow.records(WebhookEndpoint).all()) >= MOST_ENDPOINTS:
        message = f"There are {MOST_ENDPOINTS} webhook endpoints, which is the most; delete one."
        raise InvalidInput(message, field="url")
    return await records.add(endpoint, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditWebhookEndpoint, uow: UnitOfWork, now: datetime) -> WebhookEndpoint:
    require(command.caller, Permission.READ_MAINTENANCES)
    before = after = await uow.records(WebhookEndpoint).get(command.endpoint_id)
    flaws = Flaws()
    if (url := command.url) is not None:
        after = replace(after, url=flaws.checked(lambda: require_url(url), ""))
    if (name := command.name) is not None:
        after = replace(after, name=flaws.checked(lambda: _name(name), ""))
    if (events := command.events) is not None:
        after = replace(after, events=flaws.checked(lambda: require_events(events), ()))
    if command.enabled is not None:
        after = replace(after, enabled=command.enabled, trouble="")
    flaws.refuse()
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def rotate_secret(
    command: c.RotateWebhookSecret, uow: UnitOfWork, now: datetime
) -> WebhookEndpoint:
    before = await uow.records(WebhookEndpoint).get(command.endpoint_id)
    after = before.with_secret(command.secret, at=now)
    return await records.change(before, after, uow, by=command.caller.actor, at=now)


async def delete(
    command: c.DeleteWebhookEndpoint, uow: UnitOfWork, now: datetime
) -> WebhookEndpoint:
    endpoint = await uow.records(WebhookEndpoint).get(command.endpoint_id)
    return await records.remove(endpoint, uow, by=command.caller.actor, at=now)


async def ping(command: c.PingWebhook, uow: UnitOfWork, now: datetime) -> WebhookDelivery:
    endpoint = await _switched_on(command.endpoint_id, uow)
    test = _delivery(endpoint, EntryId(uow.new_id("tst")), TEST, uow, now)
    [queued] = await uow.webhook_deliveries.queue([test])
    return queued


async def replay(command: c.ReplayWebhook, uow: UnitOfWork, now: datetime) -> WebhookDelivery:
    """One that is under way already is not sent twice."""
    delivery = await uow.webhook_deliveries.get(command.delivery_id)
    await _switched_on(delivery.endpoint_id, uow)
    if delivery.state is DeliveryState.WAITING:
        return delivery
    again = replace(delivery, state=DeliveryState.WAITING, attempts=0, reason="", settled_at=None)
    await uow.webhook_deliveries.save(again)
    await uow.webhook_deliveries.send(again, now)
    return again


async def queue(command: c.QueueWebhooks, uow: UnitOfWork, now: datetime) -> int:
    wanting = [
        _delivery(endpoint, command.entry_id, command.event_type, uow, now)
        for endpoint in await uow.records(WebhookEndpoint).all()
        if endpoint.wants(command.event_type)
    ]
    return len(await uow.webhook_deliveries.queue(wanting)) if wanting else 0


async def record_attempt(
    command: c.RecordWebhookAttempt, uow: UnitOfWork, now: datetime
) -> WebhookDelivery:
    before = await uow.webhook_deliveries.get(command.delivery_id)
    told = before.state is not DeliveryState.WAITING and not command.made
    if told or before.state is DeliveryState.DELIVERED:
        return before
    after = replace(
        before,
        state=_state(command),
        attempts=before.attempts + command.made,
        status=command.status,
        reason=command.reason,
        settled_at=now if command.final else None,
    )
    await uow.webhook_deliveries.save(after)
    if command.gone:
        await _switch_off(before.endpoint_id, command, uow, now)
    return after


def _state(command: c.RecordWebhookAttempt) -> DeliveryState:
    if not command.final:
        return DeliveryState.WAITING
    return DeliveryState.FAILED if command.reason else DeliveryState.DELIVERED


async def _switch_off(
    id: EndpointId, command: c.RecordWebhookAttempt, uow: UnitOfWork, now: datetime
) -> None:
    try:
        before = await uow.records(WebhookEndpoint).get(id)
    except NotFound:
        return
    after = replace(before, enabled=False, trouble=GONE)
    await records.change(before, after, uow, by=command.caller.actor, at=now)


async def _switched_on(id: str, uow: UnitOfWork) -> WebhookEndpoint:
    endpoint = await uow.records(WebhookEndpoint).get(id)
    if not endpoint.enabled:
        raise IllegalTransition(f"{endpoint.label} is switched off; switch it on first.")
    return endpoint


def _delivery(
    endpoint: WebhookEndpoint, entry_id: EntryId, event_type: str, uow: UnitOfWork, now: datetime
) -> WebhookDelivery:
    return WebhookDelivery(
        id=uow.new_id("msg"),
        endpoint_id=EndpointId(endpoint.id),
        entry_id=entry_id,
        event_type=event_type,
        created_at=now,
    )


def _name(text: str) -> str:
    """It may be empty: then the host stands for it."""
    return one_line(text, field="name", limit=MAX_NAME) if text.strip() else ""
