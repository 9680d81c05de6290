"""Alert sources are listed, newest first, each organisation's own."""

from tests.contract.house import House
from tests.contract.samples import an_integration


async def test_alert_sources_are_listed_newest_first(house: House) -> None:
    first, second = await an_integration(house, "a"), await an_integration(house, "b")
    house.clock.advance(seconds=1)
    third = await an_integration(house, "c")

    assert await house.reads.integrations(house.organization_id) == [third, second, first]
    assert await house.reads.integrations(house.neighbour_id) == []
