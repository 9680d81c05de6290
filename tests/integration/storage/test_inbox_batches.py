"""Deliveries that are written together succeed and fail alone."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

from core.commands import CreateIntegration
from core.domain.ids import IntegrationId, OrganizationId
from core.errors import Conflict, Unavailable
from core.ports import RawDelivery
from storage.inbox import SqlInbox
from storage.inbox_room import Bounds
from storage.session import Work
from tests.fakes.moment import NOON
from tests.integration.storage.house import House, opened, outcome

R = TypeVar("R")


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


class Broken:
    """A writer that fails as nobody foresaw."""

    def __init__(self, failure: BaseException) -> None:
        self._failure = failure

    async def submit(self, work: Work[R]) -> R:
        raise self._failure

    async def close(self) -> None:
        """Nothing is open."""


@pytest.mark.parametrize(
    ("failure", "told"),
    [(ValueError("odd"), ValueError), (asyncio.CancelledError(), Unavailable)],
)
async def test_whatever_goes_wrong_nobody_who_sent_something_waits_for_ever(
    tmp_path: Path, failure: BaseException, told: type[BaseException]
) -> None:
    raw = RawDelivery(
        organization_id=OrganizationId("org_1"),
        integration_id=IntegrationId("int_1"),
        body=b"{}",
        received_at=NOON,
    )
    async with asyncio.timeout(10), opened(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}") as house:
        inbox = SqlInbox(Broken(failure), house.storage.readers, Bounds())

        ends = await asyncio.gather(inbox.store(raw), inbox.store(raw), return_exceptions=True)

        assert [type(end) for end in ends] == [told, told]


async def _an_integration(house: House) -> IntegrationId:
    wish = CreateIntegration(
        caller=house.caller, source="alertmanager", name="prod", token_hash="token"
    )
    return (await house.bus.execute(wish)).id
