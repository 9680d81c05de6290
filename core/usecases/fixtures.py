"""Loading example objects: what is missing is made, the rest is left alone."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from core.commands.fixtures import LoadFixtures
from core.domain.account import ApiKey, User
from core.domain.actor import Actor
from core.domain.events import RecordCreated
from core.domain.incident import Incident
from core.domain.record import Record
from core.domain.service import Service
from core.errors import InvalidInput, NotFound
from core.ports import UnitOfWork

Thing = TypeVar("Thing")


async def load_fixtures(command: LoadFixtures, uow: UnitOfWork, now: datetime) -> int:
    by = command.caller.actor
    made = [await _user(one, uow, by, now) for one in command.users]
    made += [await _service(one, uow, by, now) for one in command.services]
    made += [await _incident(one, uow, by, now) for one in command.incidents]
    made += [await _record(one, uow, by, now) for one in command.records]
    made += [await _api_key(one, uow, by, now) for one in command.api_keys]
    return sum(made)


async def _user(user: User, uow: UnitOfWork, by: Actor, at: datetime) -> bool:
    if await _there(uow.users.get, user.id):
        return False
    if await uow.users.with_email(user.email):
        raise InvalidInput(
            f"There is another user {user.email}; the example needs that address.", field="email"
        )
    await uow.users.save(user, because=_made("user", user.id, user.name, by, at))
    return True


async def _service(service: Service, uow: UnitOfWork, by: Actor, at: datetime) -> bool:
    if await _there(uow.services.get, service.id):
        return False
    if await uow.services.named(service.name):
        raise InvalidInput(
            f"There is another service {service.name}; the example needs that name.", field="name"
        )
    await uow.services.save(service, because=_made("service", service.id, service.name, by, at))
    return True


async def _incident(incident: Incident, uow: UnitOfWork, by: Actor, at: datetime) -> bool:
    if await _there(uow.incidents.get, incident.id):
        return False
    numbered = replace(incident, number=await uow.incidents.next_number())
    event = _made("incident", incident.id, incident.title, by, at)
    await uow.incidents.save(numbered, because=event)
    return True


async def _record(record: Record, uow: UnitOfWork, by: Actor, at: datetime) -> bool:
    records = uow.records(type(record))
    if await _there(records.get, record.id):
        return False
    await records.save(record, because=_made(record.NOUN, record.id, record.label, by, at))
    return True


async def _api_key(key: ApiKey, uow: UnitOfWork, by: Actor, at: datetime) -> bool:
    stored = await _there(uow.api_keys.get, key.id)
    if stored and stored.hash == key.hash:
        return False
    kept = replace(stored, hash=key.hash, prefix=key.prefix) if stored else key
    await uow.api_keys.save(kept, because=_made("API key", key.id, key.name, by, at))
    return True


async def _there(get: Callable[..., Awaitable[Thing]], id: str) -> Thing | None:
    try:
        return await get(id)
    except NotFound:
        return None


def _made(noun: str, id: str, name: str, by: Actor, at: datetime) -> RecordCreated:
    return RecordCreated(by=by, at=at, noun=noun, record_id=id, name=name)
