"""`tocsin integrations payloads` and `replay`: what alert sources sent, and once more."""

from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from bot.answers import Answer, table
from bot.bootstrap import administration
from bot.cli.integration_words import called
from bot.masking import masked_text
from bot.settings import Settings
from bot.source_secrets import source_secrets_of
from bot.web.times import instant
from core.commands.alerting import ReplayDelivery
from core.domain.ids import DeliveryId
from core.ports import KEPT_DELIVERIES, InboxRow

SHOWN = 100


async def payloads(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        one = await called(office, given.integration)
        rows = await office.reads.recent_deliveries(office.organization_id, one.id, KEPT_DELIVERIES)
    secrets = source_secrets_of(settings)
    known = [
        opened
        for sealed in (one.sealed_token, one.sealed_secret)
        if (opened := secrets.opened(sealed))
    ]
    lines = [_payload(row, known) for row in rows]
    return Answer(
        object={"payloads": lines},
        words=table(
            ("NUMBER", "RECEIVED", "STATE", "BYTES", "PAYLOAD"),
            [
                (one["id"], one["received_at"], one["state"], one["size"], one["text"][:SHOWN])
                for one in lines
            ],
            empty=f"{one.name} has sent nothing yet.",
        ),
    )


async def replay(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        await office.bus.execute(
            ReplayDelivery(caller=office.caller, delivery_id=DeliveryId(given.number))
        )
    return Answer(
        object={"id": str(given.number)},
        words=f"Payload {given.number} waits once more; a running bot deals with it.",
    )


def _payload(row: InboxRow, known: Iterable[str]) -> dict[str, Any]:
    state = "waiting" if row.dealt_at is None else "refused" if row.reason else "dealt with"
    return {
        "id": str(row.id),
        "received_at": instant(row.received_at),
        "state": f"{state}: {row.reason}" if row.reason else state,
        "size": row.size,
        "text": " ".join(masked_text(row.body.decode("utf-8", "replace"), known).split()),
    }
