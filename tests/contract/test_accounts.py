"""Services, people, keys and alert sources are kept, found, and changed by one writer at a time."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from core.domain.account import ApiKey, Dialect, Role, User
from core.domain.events import ApiKeyRevoked, UserLinked
from core.domain.ids import (
    ApiKeyId,
    IntegrationId,
    ServiceId,
    SlackUserId,
    TeamId,
    UserId,
)
from core.domain.integration import Integration
from core.domain.service import Service
from core.errors import Conflict, NotFound
from core.ports import UnitOfWork, Work
from tests.contract.house import ALICE, House
from tests.contract.samples import (
    a_key,
    a_service,
    a_user,
    an_integration,
    service_adding,
    user_adding,
)
from tests.fakes.moment import NOON

T1, U1 = TeamId("T1"), SlackUserId("U1")


async def test_a_service_is_kept_with_its_owners_in_order(house: House) -> None:
    owners = [await a_user(house, name) for name in ("Zoe Zander", "Bob Baker")]
    saved = await a_service(
        house, description="Takes the money.", owner_ids=tuple(owner.id for owner in owners)
    )

    async def work(uow: UnitOfWork) -> Service:
        return await uow.services.get(saved.id)

    assert await house.run(work) == saved


async def test_a_service_is_known_by_its_name_in_any_case(house: House) -> None:
    saved = await a_service(house, "Check-Out")

    async def work(uow: UnitOfWork) -> list[Service | None]:
        return [await uow.services.named(name) for name in ("check-OUT", "check", "")]

    assert await house.run(work) == [saved, None, None]


async def test_of_some_services_the_known_ones_are_told(house: House) -> None:
    one, two = await a_service(house, "one"), await a_service(house, "two")

    async def work(uow: UnitOfWork) -> list[frozenset[ServiceId]]:
        wanted = [one.id, ServiceId("svc_404"), two.id, one.id]
        return [await uow.services.known(wanted), await uow.services.known([])]

    assert await house.run(work) == [frozenset({one.id, two.id}), frozenset()]


async def test_of_two_services_of_one_name_one_is_added(house: House) -> None:
    outcomes = await asyncio.gather(
        house.run(service_adding(house, "checkout")),
        house.run(service_adding(house, "Checkout")),
        return_exceptions=True,
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "Service"]


async def test_everything_about_a_person_is_kept(house: House) -> None:
    saved = await a_user(house, password_hash="argon2…", slack_team_id=T1, slack_user_id=U1)

    async def work(uow: UnitOfWork) -> list[User | None]:
        return [
            await uow.users.get(saved.id),
            await uow.users.with_email("bob@example.com"),
            await uow.users.in_slack(T1, U1),
        ]

    assert await house.run(work) == [saved, saved, saved]


async def test_a_stranger_is_nobody(house: House) -> None:
    await a_user(house, slack_team_id=T1, slack_user_id=U1)

    async def work(uow: UnitOfWork) -> list[User | None]:
        return [
            await uow.users.with_email("carol@example.com"),
            await uow.users.in_slack(T1, SlackUserId("U2")),
            await uow.users.in_slack(TeamId("T2"), U1),
        ]

    assert await house.run(work) == [None, None, None]


async def test_of_two_people_with_one_address_one_is_added(house: House) -> None:
    outcomes = await asyncio.gather(
        *(house.run(user_adding(house)) for _ in range(2)), return_exceptions=True
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Conflict", "User"]


def _linking(user: User, member: str) -> Work[User]:
    linked = user.linked(T1, SlackUserId(member))
    event = UserLinked(by=ALICE, at=NOON, user_id=user.id, name=user.name)

    async def work(uow: UnitOfWork) -> User:
        return await uow.users.save(linked, because=event)

    return work


async def test_a_person_is_changed_by_one_writer_at_a_time(house: House) -> None:
    bob = await a_user(house)
    linked = await house.run(_linking(bob, "U1"))

    with pytest.raises(Conflict):
        await house.run(_linking(bob, "U2"))

    assert await house.reads.users(house.organization_id) == [linked]
    assert linked.version == bob.version + 1


async def test_a_person_saved_without_a_reason_stays_the_same(house: House) -> None:
    bob = await a_user(house)
    changed = replace(bob, role=Role.OWNER)

    async def work(uow: UnitOfWork) -> User:
        return await uow.users.save(changed, because=None)

    assert await house.run(work) == changed
    assert await house.reads.users(house.organization_id) == [bob]


async def test_everything_about_a_key_is_kept(house: House) -> None:
    bob = await a_user(house)
    saved = await a_key(
        house,
        dialect=Dialect.OPSKNIGHT,
        created_by=bob.id,
        expires_at=NOON + timedelta(days=90),
    )

    async def work(uow: UnitOfWork) -> ApiKey:
        return await uow.api_keys.get(saved.id)

    assert await house.run(work) == saved


async def test_a_key_is_revoked_by_one_writer_at_a_time(house: House) -> None:
    key = await a_key(house)
    event = ApiKeyRevoked(by=ALICE, at=NOON, api_key_id=key.id, name=key.name)

    async def revoke(uow: UnitOfWork) -> ApiKey:
        return await uow.api_keys.save(key.revoked(NOON), because=event)

    revoked = await house.run(revoke)
    with pytest.raises(Conflict):
        await house.run(revoke)

    assert await house.reads.api_keys(house.organization_id) == [revoked]


async def test_everything_about_an_alert_source_is_kept(house: House) -> None:
    saved = await an_integration(house)

    async def work(uow: UnitOfWork) -> Integration:
        return await uow.integrations.get(saved.id)

    assert await house.run(work) == saved


async def test_what_is_unknown_is_not_found(house: House) -> None:
    async def service(uow: UnitOfWork) -> object:
        return await uow.services.get(ServiceId("svc_404"))

    async def user(uow: UnitOfWork) -> object:
        return await uow.users.get(UserId("usr_404"))

    async def key(uow: UnitOfWork) -> object:
        return await uow.api_keys.get(ApiKeyId("key_404"))

    async def integration(uow: UnitOfWork) -> object:
        return await uow.integrations.get(IntegrationId("int_404"))

    for work in (service, user, key, integration):
        with pytest.raises(NotFound):
            await house.run(work)
