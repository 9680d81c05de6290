"""Use cases on outgoing webhooks, and on what is sent to them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from core import commands as c
from core.domain.actor import Caller
from core.domain.event_names import FAMILIES, family_of
from core.domain.events import WebhookSwitchedOff
from core.domain.ids import EndpointId, EntryId, ServiceId
from core.domain.severity import Severity, severity_named
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
from core.errors import IllegalTransition, InvalidInput, NotFound, NotPermitted
from core.flaws import Flaws
from core.language import to_say
from core.permissions import refused
from core.ports import UnitOfWork
from core.usecases import records

GONE = to_say("It answered 410: it wants nothing any more.")
MOST_FAILED = 5
TRIED_FOR = timedelta(days=1)
"""So many in a row, and for so long, may be given up before an endpoint is switched off."""


async def add(command: c.AddWebhookEndpoint, uow: UnitOfWork, now: datetime) -> WebhookEndpoint:
    """Nobody has more told than they may see themselves."""
    flaws = Flaws()
    sees = _seen_by(command.caller)
    endpoint = WebhookEndpoint(
        id=uow.new_id(WebhookEndpoint.PREFIX),
        created_at=now,
        updated_at=now,
        url=flaws.checked(lambda: require_url(command.url), ""),
        name=flaws.checked(lambda: _name(command.name), ""),
        events=flaws.checked(lambda: _events(command.events, sees), ()),
        sees=sees,
        service_ids=await _services(command.service_ids, flaws, uow),
        severities=flaws.checked(lambda: _severities(command.severities), ()),
        secret=command.secret,
    )
    flaws.refuse()
    if len(await uow.records(WebhookEndpoint).all()) >= MOST_ENDPOINTS:
        message = f"There are {MOST_ENDPOINTS} webhook endpoints, which is the most; delete one."
        raise InvalidInput(message, field="url")
    return await records.add(endpoint, uow, by=command.caller.actor, at=now)


async def edit(command: c.EditWebhookEndpoint, uow: UnitOfWork, now: datetime) -> WebhookEndpoint:
    before = after = await uow.records(WebhookEndpoint).get(command.endpoint_id)
    flaws = Flaws()
    if (url := command.url) is not None:
        after = replace(after, url=flaws.checked(lambda: require_url(url), ""))
    if (name := command.name) is not None:
        after = replace(after, name=flaws.checked(lambda: _name(name), ""))
    if (events := command.events) is not None:
        sees = _seen_by(command.caller)
        named = flaws.checked(lambda: _events(events, sees), before.events)
        after = replace(after, events=named, sees=sees)
    if command.service_ids is not None:
        after = replace(after, service_ids=await _services(command.service_ids, flaws, uow))
    if (severities := command.severities) is not None:
        after = replace(after, severities=flaws.checked(lambda: _severities(severities), ()))
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
    return await _send_again(delivery, uow, now)


async def replay_failed(command: c.ReplayFailedWebhooks, uow: UnitOfWork, now: datetime) -> int:
    endpoint = await _switched_on(command.endpoint_id, uow)
    failed = await uow.webhook_deliveries.given_up(EndpointId(endpoint.id), command.limit)
    for delivery in failed:
        await _send_again(delivery, uow, now)
    return len(failed)


async def queue(command: c.QueueWebhooks, uow: UnitOfWork, now: datetime) -> int:
    wanting = [
        _delivery(endpoint, command.entry_id, command.told.type, uow, now)
        for endpoint in await uow.records(WebhookEndpoint).all()
        if endpoint.wants(command.told)
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
        await _switch_off(before.endpoint_id, GONE, command, uow, now)
    elif after.state is DeliveryState.FAILED and command.made:
        await _give_up(after, command, uow, now)
    return after


def _state(command: c.RecordWebhookAttempt) -> DeliveryState:
    if not command.final:
        return DeliveryState.WAITING
    return DeliveryState.FAILED if command.reason else DeliveryState.DELIVERED


async def _give_up(
    failed: WebhookDelivery, command: c.RecordWebhookAttempt, uow: UnitOfWork, now: datetime
) -> None:
    """An endpoint at which nothing has arrived for long enough is not tried any more."""
    count, since = await uow.webhook_deliveries.since_arrival(failed.endpoint_id)
    if since is not None and count >= MOST_FAILED and now - since >= TRIED_FOR:
        reason = f"{count} deliveries in a row were given up; the last reason: {failed.reason}"
        await _switch_off(failed.endpoint_id, reason, command, uow, now)


async def _switch_off(
    id: EndpointId, reason: str, command: c.RecordWebhookAttempt, uow: UnitOfWork, now: datetime
) -> None:
    try:
        before = await uow.records(WebhookEndpoint).get(id)
    except NotFound:
        return
    if not before.enabled:
        return
    after = replace(before, enabled=False, trouble=reason, updated_at=now)
    event = WebhookSwitchedOff(
        by=command.caller.actor, at=now, endpoint_id=id, name=before.label, reason=reason
    )
    await uow.records(WebhookEndpoint).save(after, because=event)


async def _send_again(delivery: WebhookDelivery, uow: UnitOfWork, now: datetime) -> WebhookDelivery:
    again = replace(delivery, state=DeliveryState.WAITING, attempts=0, reason="", settled_at=None)
    await uow.webhook_deliveries.save(again)
    await uow.webhook_deliveries.send(again, now)
    return again


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


def _seen_by(caller: Caller) -> tuple[str, ...]:
    """The families of events that somebody may see."""
    return tuple(one for one, needed in FAMILIES.items() if needed in caller.permissions)


def _events(names: Iterable[str], sees: tuple[str, ...]) -> tuple[str, ...]:
    wanted = require_events(names)
    for name in wanted:
        if family_of(name) not in sees:
            raise NotPermitted(refused(FAMILIES[family_of(name)]))
    return wanted


def _severities(words: Iterable[str]) -> tuple[Severity, ...]:
    return tuple(dict.fromkeys(severity_named(word, field="severities") for word in words))


async def _services(
    ids: tuple[ServiceId, ...], flaws: Flaws, uow: UnitOfWork
) -> tuple[ServiceId, ...]:
    known = await uow.services.known(ids) if ids else frozenset()
    unknown = next((id for id in ids if id not in known), None)
    if unknown is not None:
        flaws.note(InvalidInput(f"There is no service {unknown}.", field="service_ids"))
    return tuple(dict.fromkeys(ids))


def _name(text: str) -> str:
    """It may be empty: then the host stands for it."""
    return one_line(text, field="name", limit=MAX_NAME) if text.strip() else ""
