"""The sample data of the demo: people, services, a key and an alert source.

The secrets are made first and kept in a file; then the database is brought to agree with them. So
it does not matter where an earlier start was cut off, or which of the two was deleted since.
"""

from dataclasses import asdict, dataclass, fields
from pathlib import Path

import orjson

from bot.credentials import hash_of, new_api_key, new_token, shown_prefix
from bot.demo_past import remember
from bot.office import Office
from bot.passwords import hash_password, new_password, password_fits
from bot.private_files import UnusableFolder, read_or_make
from core.commands import (
    AddService,
    AddUser,
    ChangePassword,
    CreateApiKey,
    CreateIntegration,
)
from core.domain.account import Dialect, Role, User
from core.domain.ids import ServiceId
from core.domain.service import Service

CREDENTIALS_FILE = "demo.json"
SOURCE = "alertmanager"
SCOPES = (
    "incidents:read",
    "incidents:write",
    "services:read",
    "services:write",
    "maintenances:read",
    "maintenances:write",
    "integrations:read",
    "integrations:write",
)

PEOPLE = (
    ("alice@example.com", "Alice Archer", Role.ADMIN),
    ("bob@example.com", "Bob Brook", Role.ENGINEER),
    ("carol@example.com", "Carol Cole", Role.VIEWER),
)
"""Those who are in the sandbox workspace as well; the first can sign in."""

SERVICES = (
    ("checkout", "Baskets become orders here.", ("alice@example.com", "bob@example.com")),
    ("payments", "Talks to the banks.", ("alice@example.com",)),
    ("search", "Finds what people came for.", ("bob@example.com",)),
    ("notifications", "E-mail and push messages to customers.", ()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What the demo prints, the same at every start."""

    email: str
    password: str
    api_key: str
    alert_token: str


def remembered_credentials(folder: Path) -> Credentials:
    """Those of an earlier start, or new ones."""
    path = folder / CREDENTIALS_FILE
    try:
        known = orjson.loads(read_or_make(path, _new_credentials))
        return Credentials(**{field.name: str(known[field.name]) for field in fields(Credentials)})
    except (orjson.JSONDecodeError, KeyError, TypeError) as problem:
        raise UnusableFolder(
            f"{path} does not hold the demo's credentials; remove it and start again."
        ) from problem


async def furnish(office: Office, credentials: Credentials) -> None:
    """Everything but the windows is there; what is there already stays as it is."""
    people = {email: await _person(office, email, name, role) for email, name, role in PEOPLE}
    await _can_sign_in(office, people[credentials.email], credentials.password)
    known = {service.name: service.id for service in await _services(office)}
    for name, description, owners in SERVICES:
        if name not in known:
            command = AddService(
                caller=office.caller,
                name=name,
                description=description,
                owner_ids=tuple(people[email].id for email in owners),
            )
            known[name] = (await office.bus.execute(command)).id
    await _api_key(office, credentials.api_key)
    await _alert_source(office, credentials.alert_token, known["checkout"])
    await remember(office, people, known)


def _new_credentials() -> str:
    made = Credentials(
        email=PEOPLE[0][0],
        password=new_password(),
        api_key=new_api_key(Dialect.NEUTRAL),
        alert_token=new_token(),
    )
    return orjson.dumps(asdict(made), option=orjson.OPT_INDENT_2).decode()


async def _person(office: Office, email: str, name: str, role: Role) -> User:
    user = await office.directory.user_with_email(office.organization_id, email)
    if user:
        return user
    return await office.bus.execute(
        AddUser(caller=office.caller, email=email, name=name, role=role)
    )


async def _can_sign_in(office: Office, user: User, password: str) -> None:
    if user.password_hash and await password_fits(password, user.password_hash):
        return
    hash = await hash_password(password)
    await office.bus.execute(
        ChangePassword(caller=office.caller, email=user.email, password_hash=hash)
    )


async def _api_key(office: Office, secret: str) -> None:
    if await office.directory.api_key(hash_of(secret)):
        return
    command = CreateApiKey(
        caller=office.caller,
        name="demo",
        prefix=shown_prefix(secret),
        hash=hash_of(secret),
        scopes=SCOPES,
    )
    await office.bus.execute(command)


async def _alert_source(office: Office, token: str, service_id: ServiceId) -> None:
    if await office.directory.integration(hash_of(token)):
        return
    command = CreateIntegration(
        caller=office.caller,
        source=SOURCE,
        name="Alertmanager",
        token_hash=hash_of(token),
        service_id=service_id,
    )
    await office.bus.execute(command)


async def _services(office: Office) -> list[Service]:
    return await office.reads.services(office.organization_id)
