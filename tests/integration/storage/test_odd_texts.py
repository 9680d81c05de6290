"""Texts that are none: refused with a sentence, and nobody else suffers."""

import asyncio

import pytest

from core.domain.incident import Incident
from core.errors import InvalidInput
from core.ports import Processed, UnitOfWork
from tests.integration.storage.house import now, opened, outcome


@pytest.mark.parametrize("key", ["half a \ud83d", "\udfff"])
async def test_half_a_character_is_refused_alone(database_url: str, key: str) -> None:
    async with opened(database_url) as house:

        async def remember(uow: UnitOfWork) -> None:
            await uow.processed.add(Processed(key=key, fingerprint="f", subject_id="s"), now())

        odd = house.storage.transactions.run(house.organization_id, remember)
        refused, declared = await asyncio.gather(outcome(odd), outcome(house.declare()))

        assert isinstance(refused, InvalidInput)
        assert isinstance(declared, Incident)


async def test_a_null_character_is_refused_where_it_cannot_be_kept(postgres_url: str) -> None:
    async with opened(postgres_url) as house:

        async def remember(uow: UnitOfWork) -> None:
            await uow.processed.add(Processed(key="a\0", fingerprint="f", subject_id="s"), now())

        odd = house.storage.transactions.run(house.organization_id, remember)
        refused, declared = await asyncio.gather(outcome(odd), outcome(house.declare()))

        assert isinstance(refused, InvalidInput)
        assert isinstance(declared, Incident)
