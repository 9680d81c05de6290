"""Things to store besides incidents, each stored in the house's own organisation."""

from typing import Any

from core.domain.account import ApiKey, Role, User
from core.domain.alert import Episode, Fingerprint
from core.domain.events import (
    ApiKeyCreated,
    IntegrationCreated,
    ServiceAdded,
    UserAdded,
)
from core.domain.ids import ApiKeyId, EpisodeId, IntegrationId, ServiceId, UserId
from core.domain.integration import Integration
from core.domain.service import Service
from core.domain.severity import Severity
from core.ports import UnitOfWork, Work
from tests.contract.house import ALICE, House


def user_adding(house: House, name: str = "Bob Baker", **changes: Any) -> Work[User]:
    values: dict[str, Any] = {
        "email": f"{name.split()[0].lower()}@example.com",
        "role": Role.ENGINEER,
        **changes,
    }
    user = User(id=UserId(house.new_id("usr")), name=name, created_at=house.clock(), **values)
    event = UserAdded(by=ALICE, at=house.clock(), user_id=user.id, name=name, role=user.role)

    async def work(uow: UnitOfWork) -> User:
        return await uow.users.save(user, because=event)

    return work


async def a_user(house: House, name: str = "Bob Baker", **changes: Any) -> User:
    return await house.run(user_adding(house, name, **changes))


def service_adding(house: House, name: str = "checkout", **changes: Any) -> Work[Service]:
    id = ServiceId(house.new_id("svc"))
    service = Service(id=id, name=name, created_at=house.clock(), **changes)
    event = ServiceAdded(by=ALICE, at=house.clock(), service_id=id, name=name)

    async def work(uow: UnitOfWork) -> Service:
        return await uow.services.save(service, because=event)

    return work


async def a_service(house: House, name: str = "checkout", **changes: Any) -> Service:
    return await house.run(service_adding(house, name, **changes))


async def a_key(house: House, hash: str = "hash", **changes: Any) -> ApiKey:
    key = ApiKey(
        id=ApiKeyId(house.new_id("key")),
        name="ci",
        prefix="tk_abc",
        hash=hash,
        created_at=house.clock(),
        **{"scopes": ("incidents:read", "services:read"), "dialect": "neutral", **changes},
    )
    event = ApiKeyCreated(by=ALICE, at=house.clock(), api_key_id=key.id, name=key.name)

    async def work(uow: UnitOfWork) -> ApiKey:
        return await uow.api_keys.save(key, because=event)

    return await house.run(work)


async def an_integration(house: House, token_hash: str = "token") -> Integration:
    integration = Integration(
        id=IntegrationId(house.new_id("int")),
        source="alertmanager",
        name="prod",
        token_hash=token_hash,
        created_at=house.clock(),
    )
    event = IntegrationCreated(
        by=ALICE, at=house.clock(), integration_id=integration.id, name=integration.name
    )

    async def work(uow: UnitOfWork) -> Integration:
        return await uow.integrations.save(integration, because=event)

    return await house.run(work)


def an_episode(
    house: House, integration_id: IntegrationId, fingerprint: str = "a", **changes: Any
) -> Episode:
    """One nobody has stored yet; it fires since now."""
    values: dict[str, Any] = {"starts_at": house.clock(), **changes}
    return Episode(
        id=EpisodeId(house.new_id("alr")),
        integration_id=integration_id,
        fingerprint=Fingerprint(fingerprint),
        name=f"Alert {fingerprint}",
        severity=Severity.HIGH,
        summary="p99 is high ☃",
        labels={"instance": fingerprint, "empty": ""},
        links={"Runbook": "https://runbooks.example/latency"},
        **values,
    )
