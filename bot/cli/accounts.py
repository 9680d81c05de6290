"""`tocsin keys`."""

from argparse import Namespace

from bot.answers import Answer, table
from bot.bootstrap import administration
from bot.credentials import hash_of, new_api_key, shown_prefix
from bot.settings import Settings
from core.commands import CreateApiKey, RevokeApiKey
from core.domain.account import ApiKey
from core.domain.ids import ApiKeyId


async def create_key(given: Namespace, settings: Settings) -> Answer:
    secret = new_api_key(given.dialect)
    async with administration(settings, given.organization) as office:
        key = await office.bus.execute(
            CreateApiKey(
                caller=office.caller,
                name=given.name,
                prefix=shown_prefix(secret),
                hash=hash_of(secret),
                scopes=tuple(given.scopes),
                dialect=given.dialect,
                expires_at=office.clock() + given.expires if given.expires else None,
                networks=tuple(given.networks),
            )
        )
    return Answer(
        object={"id": key.id, "api_key": secret, "scopes": list(key.scopes)},
        words=f"{secret}\n\nThis is the only time it is shown. Its id is {key.id}; "
        f"it may {', '.join(key.scopes)}.",
    )


async def list_keys(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        keys = await office.reads.api_keys(office.organization_id)
        now = office.clock()
    rows = [
        (key.id, key.name, f"{key.prefix}…", key.dialect, _standing(key, key.usable(now)))
        for key in keys
    ]
    return Answer(
        object={"keys": [_shown(key, key.usable(now)) for key in keys]},
        words=table(
            ("ID", "NAME", "BEGINS WITH", "DIALECT", "STANDING"), rows, empty="There is no API key."
        ),
    )


async def revoke_key(given: Namespace, settings: Settings) -> Answer:
    async with administration(settings, given.organization) as office:
        key = await office.bus.execute(
            RevokeApiKey(caller=office.caller, api_key_id=ApiKeyId(given.id))
        )
    return Answer(
        object={"id": key.id, "revoked_at": key.revoked_at},
        words=f"The key {key.id} ({key.name}) is revoked.",
    )


def _standing(key: ApiKey, usable: bool) -> str:
    if key.revoked_at:
        return "revoked"
    if not usable:
        return "expired"
    return f"until {key.expires_at:%Y-%m-%d %H:%M} UTC" if key.expires_at else "in use"


def _shown(key: ApiKey, usable: bool) -> dict[str, object]:
    return {
        "id": key.id,
        "name": key.name,
        "prefix": key.prefix,
        "scopes": list(key.scopes),
        "dialect": key.dialect,
        "created_at": key.created_at,
        "expires_at": key.expires_at,
        "revoked_at": key.revoked_at,
        "last_used_at": key.last_used_at,
        "networks": list(key.networks),
        "usable": usable,
    }
