"""Carries what happens to the endpoints that want it, and keeps book of how that went."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from bot.encryption import Unreadable
from bot.outgoing.addresses import ForbiddenAddress
from bot.outgoing.outbound import Outbound
from bot.outgoing.rendering import body_of, told_of
from bot.outgoing.schedule import next_delay
from bot.outgoing.sending import Answered, Sender, Unanswered
from bot.outgoing.signature import signed_headers
from core.bus import CommandBus
from core.commands import QueueWebhooks, RecordWebhookAttempt
from core.domain.actor import Actor, Caller, Surface
from core.domain.ids import OrganizationId
from core.domain.viewer import NOBODY
from core.domain.webhook_delivery import DeliveryState, WebhookDelivery
from core.domain.webhook_endpoint import WebhookEndpoint
from core.effects import Effect, FanOutEvent, FanOutWebhooks, SendWebhook
from core.errors import Conflict, NotFound, Unavailable
from core.permissions import RELAY
from core.ports import Clock, Delivery, Parcel, ReadModels, Undeliverable, Unreachable

MOST_ON_THE_WAY = 8
"""Of the lanes that the relay has: slow servers of others do not keep Slack from being shown."""

BUSY = 0.5
"""Seconds until somebody who found all of them taken looks again."""

_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """One delivery, and everything an attempt needs."""

    organization_id: OrganizationId
    delivery: WebhookDelivery
    endpoint: WebhookEndpoint


class Outgoing:
    """Tells other programs. Of private incidents they are told nothing."""

    def __init__(
        self, *, bus: CommandBus, reads: ReadModels, clock: Clock, outbound: Outbound
    ) -> None:
        self._bus = bus
        self._reads = reads.seen_by(NOBODY)
        self._clock = clock
        self._outbound = outbound
        self.sender = Sender(private=outbound.private)
        self._on_the_way = 0

    @property
    def deliveries(self) -> Mapping[type[Effect], Delivery]:
        fan_out = _carried(self.fan_out)
        return {FanOutWebhooks: fan_out, FanOutEvent: fan_out, SendWebhook: _carried(self.send)}

    async def close(self) -> None:
        await self.sender.close()

    async def fan_out(self, effect: FanOutWebhooks | FanOutEvent, parcel: Parcel) -> None:
        try:
            entry = await self._reads.entry(parcel.organization_id, effect.entry_id)
            told = await told_of(entry.event, self._reads, parcel.organization_id)
        except NotFound:
            return  # its history was thrown away
        if told.type:
            caller = _relay(parcel.organization_id)
            wish = QueueWebhooks(caller=caller, entry_id=effect.entry_id, told=told)
            await self._bus.execute(wish)

    async def send(self, effect: SendWebhook, parcel: Parcel) -> None:
        errand = await self._errand(effect, parcel)
        if errand is None:
            return
        if self._on_the_way >= MOST_ON_THE_WAY:
            raise Unreachable("Other webhooks are on their way.", retry_after=BUSY)
        self._on_the_way += 1
        try:
            await self._attempt(errand)
        finally:
            self._on_the_way -= 1

    async def _errand(self, effect: SendWebhook, parcel: Parcel) -> _Errand | None:
        """None where there is nothing left to send."""
        organization_id = parcel.organization_id
        try:
            delivery = await self._reads.webhook_delivery(organization_id, effect.delivery_id)
        except NotFound:
            return None
        if delivery.state is DeliveryState.DELIVERED:
            return None
        try:
            endpoint = await self._reads.record(
                organization_id, WebhookEndpoint, delivery.endpoint_id
            )
        except NotFound:
            await self._note(organization_id, delivery, "The endpoint was deleted.", made=False)
            return None
        return _Errand(organization_id=organization_id, delivery=delivery, endpoint=endpoint)

    async def _attempt(self, errand: _Errand) -> None:
        try:
            headers, body = await self._written(errand)
        except (NotFound, Unreadable) as error:
            raise await self._given_up(errand, str(error), made=False) from error
        try:
            answer = await self.sender.post(errand.endpoint.url, headers, body)
        except ForbiddenAddress as error:
            raise await self._given_up(errand, str(error), made=False) from error
        except Unanswered as error:
            raise await self._failed(errand, str(error)) from error
        await self._judge(errand, answer)

    async def _written(self, errand: _Errand) -> tuple[dict[str, str], bytes]:
        if not errand.endpoint.enabled:
            raise NotFound(f"{errand.endpoint.label} is switched off.")
        now = self._clock()
        secrets = self._outbound.signing(errand.endpoint.secrets(now))
        body = await body_of(errand.delivery, errand.endpoint, self._reads, errand.organization_id)
        return signed_headers(errand.delivery.id, now, body, secrets), body

    async def _judge(self, errand: _Errand, answer: Answered) -> None:
        status, host = answer.status, errand.endpoint.host
        if 200 <= status < 300:
            await self._note(errand.organization_id, errand.delivery, "", status=status)
            return
        if status >= 500 or status in _LATER:
            raise await self._failed(errand, f"{host} answered {status}.", answer)
        elsewhere = " Redirects are not followed." if status < 400 else ""
        reason = f"{host} answered {status}.{elsewhere}"
        raise await self._given_up(errand, reason, status=status)

    async def _failed(
        self, errand: _Errand, reason: str, answer: Answered | None = None
    ) -> Unreachable | Undeliverable:
        """It is tried again, unless that was the last time."""
        status, asked = (answer.status, answer.retry_after) if answer else (None, None)
        delay = next_delay(errand.delivery, self._clock(), asked)
        if delay is None:
            return await self._given_up(errand, reason, status=status)
        await self._note(
            errand.organization_id, errand.delivery, reason, status=status, final=False
        )
        return Unreachable(reason, retry_after=delay)

    async def _given_up(
        self, errand: _Errand, reason: str, *, status: int | None = None, made: bool = True
    ) -> Undeliverable:
        await self._note(errand.organization_id, errand.delivery, reason, status=status, made=made)
        return Undeliverable(reason)

    async def _note(
        self,
        organization_id: OrganizationId,
        delivery: WebhookDelivery,
        reason: str,
        **how: Any,
    ) -> None:
        await self._bus.execute(
            RecordWebhookAttempt(
                caller=_relay(organization_id),
                delivery_id=delivery.id,
                reason=reason,
                gone=how.get("status") == HTTPStatus.GONE,
                **{"final": True, **how},
            )
        )


def _carried(carry: Callable[[Any, Parcel], Awaitable[None]]) -> Delivery:
    """What the database refuses is tried again: it may have arrived, and has the same id then."""

    async def delivery(effect: Any, parcel: Parcel) -> None:
        try:
            await carry(effect, parcel)
        except (Unavailable, Conflict) as refusal:
            raise Unreachable(str(refusal), doubtful=True) from refusal

    return delivery


def _relay(organization_id: OrganizationId) -> Caller:
    return Caller(
        organization_id=organization_id,
        actor=Actor(surface=Surface.RELAY, name="Tocsin"),
        permissions=RELAY,
    )
