"""Deliveries that are written together succeed and fail alone."""

import asyncio
from dataclasses import replace
from pathlib import Path

from core.commands import CreateIntegration
from core.domain.ids import IntegrationId
from core.errors import Conflict
from core.ports import RawDelivery
from tests.fakes.moment import NOON
from tests.integration.storage.house import House, opened, outcome


async def test_a_stray_delivery_does_not_take_its_neighbours_down(tmp_path: Path) -> None:
    async with opened(f"sqlite+aiosqlite:///{tmp_path / 'tocsin.db'}") as house:
        integration = await _an_integration(house)
        fine = RawDelivery(
            organization_id=house.organization_id,
            integration_id=integration,
            body=b"{}",
            received_at=NOON,
        )
        stray = replace(fine, integration_id=IntegrationId("int_gone"))

        ends = await asyncio.gather(
            *(outcome(house.storage.inbox.store(raw)) for raw in (fine, stray, fine))
        )

        assert [type(end) for end in ends] == [type(None), Conflict, type(None)]
        assert await house.storage.inbox.waiting() == 2


async def _an_integration(house: House) -> IntegrationId:
    wish = CreateIntegration(
        caller=house.caller, source="alertmanager", name="prod", token_hash="token"
    )
    return (await house.bus.execute(wish)).id
