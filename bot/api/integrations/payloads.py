"""What an alert source sent, sending it round once more, and what a payload would become."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import orjson
from aiohttp import web

from bot.api import wire_v1
from bot.api.answers import answer
from bot.api.auth import Client
from bot.api.doors import Doors
from bot.api.integrations import operations, wire
from bot.api.integrations.payload_shapes import DryRun
from bot.api.integrations.routes import given, source_of
from bot.api.operations import Call
from bot.encryption import Unreadable
from bot.masking import masked, masked_text
from bot.source_secrets import SourceSecrets
from core.commands.alerting import ReplayDelivery
from core.domain.alert import Alert
from core.domain.ids import DeliveryId
from core.domain.integration import Integration
from core.errors import CoreError, NotFound
from core.ports import KEPT_DELIVERIES, AlertRow, InboxRow
from core.usecases.source_settings_checks import changed_settings

ALERTS_SHOWN = 5
BEGINNING = 4_000
LARGEST = 2**63 - 1


class Payloads:
    """`on_stored` is told that something waits."""

    def __init__(self, doors: Doors, secrets: SourceSecrets, on_stored: Callable[[], None]) -> None:
        self._doors = doors
        self._secrets = secrets
        self._on_stored = on_stored

    def register(self) -> None:
        server = self._doors.server
        server.add(operations.PAYLOADS, self.list)
        server.add(operations.REPLAY, self.replay)
        server.add(operations.DRY_RUN, self.dry_run)

    async def list(self, call: Call) -> web.Response:
        source, organization_id = await source_of(self._doors, call), call.client.organization_id
        rows = await self._doors.reads.recent_deliveries(
            organization_id, source.id, KEPT_DELIVERIES
        )
        known = tuple(self._known(source))
        lines = [await self._line(call.client, source, row, known) for row in rows]
        return answer({"data": lines, "items": lines})

    async def replay(self, call: Call) -> web.Response:
        source = await source_of(self._doors, call)
        id = _number(call.params["payload_id"])
        row = await self._doors.reads.delivery(call.client.organization_id, id)
        if row.integration_id != source.id:
            raise _unknown(call.params["payload_id"])
        replayed = await self._doors.bus.execute(
            ReplayDelivery(caller=call.client.caller, key=call.key, delivery_id=id)
        )
        self._on_stored()
        return answer(
            wire_v1.one({"id": f"{wire.PAYLOAD}{replayed.id}", "state": "waiting"}), status=202
        )

    async def dry_run(self, call: Call) -> web.Response:
        wish: DryRun = call.body
        source = await source_of(self._doors, call)
        settings = changed_settings(source.settings, given(wish.settings))
        alerts = self._doors.hearing(
            replace(source, settings=settings), wish.payload, self._doors.clock()
        )
        return answer(wire_v1.one(wire.heard_alerts(alerts)))

    async def _line(
        self,
        client: Client,
        source: Integration,
        row: InboxRow,
        known: tuple[str, ...],
    ) -> dict[str, Any]:
        value, readable = _json_of(row)
        alerts = self._heard(source, value, row) if readable else None
        became = [await self._latest(client, source, one) for one in (alerts or ())[:ALERTS_SHOWN]]
        return wire.payload(
            row,
            content=masked(value, known) if readable else None,
            text=None if readable else _beginning(row, known),
            alerts=alerts,
            became=became,
        )

    async def _latest(self, client: Client, source: Integration, alert: Alert) -> AlertRow | None:
        return await self._doors.seen_by(client).latest_alert(
            client.organization_id, source.id, alert.fingerprint
        )

    def _heard(self, source: Integration, value: Any, row: InboxRow) -> Sequence[Alert]:
        """None of what is refused: why it was, its line says."""
        try:
            return self._doors.hearing(source, value, row.replayed_at or row.received_at)
        except CoreError:
            return []

    def _known(self, source: Integration) -> Iterable[str]:
        """The token and the secret of the source, wherever they stand."""
        for sealed in (source.sealed_token, source.sealed_secret):
            try:
                opened = self._secrets.opened(sealed)
            except Unreadable:
                continue
            if opened:
                yield opened


def _json_of(row: InboxRow) -> tuple[Any, bool]:
    """The whole payload, and whether it can be shown as such."""
    if len(row.body) < row.size:
        return None, False
    try:
        return orjson.loads(row.body), True
    except orjson.JSONDecodeError:
        return None, False


def _beginning(row: InboxRow, known: Iterable[str]) -> str:
    text = masked_text(row.body.decode("utf-8", "replace"), known)
    return text if len(text) <= BEGINNING else text[:BEGINNING] + "…"


def _number(id: str) -> DeliveryId:
    digits = id.removeprefix(wire.PAYLOAD)
    if digits == id or not (digits.isascii() and digits.isdigit()) or int(digits) > LARGEST:
        raise _unknown(id)
    return DeliveryId(int(digits))


def _unknown(id: str) -> NotFound:
    return NotFound(f"There is no payload {id[:80]} of this alert source.")
