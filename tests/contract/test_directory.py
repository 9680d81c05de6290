"""Who is at the door, before an organisation is known; and whether the database answers."""

import asyncio

import pytest

from core.domain.account import UserState
from core.domain.ids import ApiKeyId, IntegrationId, SlackUserId, TeamId
from tests.contract.house import House
from tests.contract.samples import a_key, a_user, an_integration
from tests.fakes.moment import NOON


async def test_an_organisation_is_made_once(house: House) -> None:
    directory = house.storage.directory
    made = await directory.ensure_organization("acme", "Acme & Söhne")

    again = await directory.ensure_organization("acme", "Another name")

    assert again == made == await directory.organization("acme")
    assert (made.slug, made.name, made.created_at) == ("acme", "Acme & Söhne", NOON)


async def test_an_organisation_made_by_many_at_once_is_one(house: House) -> None:
    directory = house.storage.directory

    made = await asyncio.gather(*(directory.ensure_organization("acme", "Acme") for _ in range(5)))

    assert len({organization.id for organization in made}) == 1


async def test_an_unknown_organisation_is_none(house: House) -> None:
    assert await house.storage.directory.organization("nobody") is None


async def test_a_key_is_found_by_its_hash_with_its_organisation(house: House) -> None:
    key = await a_key(house, "hash")

    assert await house.storage.directory.api_key("hash") == (house.organization_id, key, None)
    assert await house.storage.directory.api_key("HASH") is None


@pytest.mark.parametrize("state", UserState)
async def test_a_key_is_found_with_the_state_of_whoever_made_it(
    house: House, state: UserState
) -> None:
    bob = await a_user(house, state=state)
    key = await a_key(house, "hash", created_by=bob.id)

    found = await house.storage.directory.api_key("hash")

    assert found == (house.organization_id, key, state)


async def test_an_alert_source_is_found_by_its_token(house: House) -> None:
    source = await an_integration(house, "token")
    directory = house.storage.directory

    assert await directory.integration("token") == (house.organization_id, source)
    assert await directory.integration("another") is None


async def test_an_alert_source_is_found_by_its_id(house: House) -> None:
    source = await an_integration(house, "token")
    directory = house.storage.directory

    assert await directory.integration_by_id(source.id) == (house.organization_id, source)
    assert await directory.integration_by_id(IntegrationId("int_another")) is None


async def test_a_slack_member_is_found_in_the_organisation(house: House) -> None:
    team, member = TeamId("T1"), SlackUserId("U1")
    bob = await a_user(house, slack_team_id=team, slack_user_id=member)
    directory = house.storage.directory

    assert await directory.slack_user(house.organization_id, team, member) == bob
    assert await directory.slack_user(house.organization_id, team, SlackUserId("U2")) is None
    assert await directory.slack_user(house.neighbour_id, team, member) is None


async def test_a_person_is_found_by_address_in_the_organisation(house: House) -> None:
    bob = await a_user(house)
    directory = house.storage.directory

    assert await directory.user_with_email(house.organization_id, "bob@example.com") == bob
    assert await directory.user_with_email(house.organization_id, "eve@example.com") is None
    assert await directory.user_with_email(house.neighbour_id, "bob@example.com") is None


async def test_noting_the_use_of_a_key_never_fails_and_changes_no_version(house: House) -> None:
    key = await a_key(house, "hash")

    await house.storage.directory.touch_api_key(key.id, NOON)
    await house.storage.directory.touch_api_key(ApiKeyId("key_404"), NOON)

    found = await house.storage.directory.api_key("hash")
    assert found is not None
    assert found[1].version == key.version


async def test_a_database_that_answers_is_well(house: House) -> None:
    await house.storage.health.check()
