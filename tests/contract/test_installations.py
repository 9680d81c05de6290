"""Workspaces that installed the app, each with the token of its newest installation."""

from dataclasses import replace

import pytest

from core.domain.ids import SlackUserId, TeamId
from core.ports import Installation
from tests.contract.house import House
from tests.fakes.moment import NOON


@pytest.fixture
def installed(house: House) -> Installation:
    return Installation(
        organization_id=house.organization_id,
        team_id=TeamId("T1"),
        team_name="Acme & Söhne",
        bot_user_id=SlackUserId("U0"),
        bot_id="B0",
        token_ciphertext=b"\x00\xffsecret",
        scopes=("chat:write", "commands"),
        installed_at=NOON,
    )


async def test_an_installation_is_kept(house: House, installed: Installation) -> None:
    await house.storage.installations.save(installed)

    assert await house.storage.installations.find(installed.team_id) == installed
    assert await house.storage.installations.find(TeamId("T2")) is None


async def test_installing_again_replaces(house: House, installed: Installation) -> None:
    again = replace(installed, token_ciphertext=b"another", scopes=("commands",))

    for installation in (installed, again):
        await house.storage.installations.save(installation)

    assert await house.storage.installations.all() == [again]


async def test_all_are_listed_by_workspace(house: House, installed: Installation) -> None:
    theirs = replace(installed, team_id=TeamId("T0"), organization_id=house.neighbour_id)

    for installation in (installed, theirs):
        await house.storage.installations.save(installation)

    assert await house.storage.installations.all() == [theirs, installed]


async def test_a_removed_installation_is_forgotten(house: House, installed: Installation) -> None:
    await house.storage.installations.save(installed)

    for team_id in (installed.team_id, TeamId("T404")):
        await house.storage.installations.remove(team_id)

    assert await house.storage.installations.all() == []
