"""`/api/v1/api-keys`: keys for programs, shown once and never changed."""

from aiohttp import web

from bot.api import wire_v1
from bot.api.accounts.key_operations import CREATE, LIST, REVOKE, SHOW
from bot.api.accounts.key_shapes import NewKey
from bot.api.accounts.listing import listed
from bot.api.accounts.wire import key_json
from bot.api.answers import answer, no_content
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.credentials import hash_of, new_api_key, shown_prefix
from bot.web.problems import refusal
from core.commands import CreateApiKey, RevokeApiKey
from core.domain.account import Dialect
from core.domain.ids import ApiKeyId
from core.domain.network import networks_named
from core.errors import InvalidInput, NotFound
from core.permissions import normal_scope


class Keys:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        server = self._doors.server
        server.add(LIST, self.list)
        server.add(CREATE, self.create)
        server.add(SHOW, self.show)
        server.add(REVOKE, self.revoke)

    async def list(self, call: Call) -> web.Response:
        keys = await self._doors.reads.api_keys(call.client.organization_id)
        return listed(keys, call.query, key_json)

    async def create(self, call: Call) -> web.Response:
        wish: NewKey = call.body
        secret = new_api_key(_dialect(wish.dialect))
        key = await self._doors.bus.execute(
            CreateApiKey(
                caller=call.client.caller,
                key=call.key,
                name=wish.name,
                prefix=shown_prefix(secret),
                hash=hash_of(secret),
                scopes=_scopes(wish),
                dialect=_dialect(wish.dialect),
                expires_at=wish.expires_at,
                networks=networks_named(wish.ip_whitelist or (), field="ip_whitelist"),
            )
        )
        entry = key_json(key)
        if key.hash == hash_of(secret):  # else it was made by this request's first coming
            entry["api_key"] = secret
        return answer(wire_v1.one(entry), status=201, headers={"Cache-Control": "no-store"})

    async def show(self, call: Call) -> web.Response:
        id = call.params["id"]
        keys = await self._doors.reads.api_keys(call.client.organization_id)
        key = next((key for key in keys if key.id == id), None)
        if key is None:
            raise NotFound(f"There is no API key {id}.")
        return answer(wire_v1.one(key_json(key)))

    async def revoke(self, call: Call) -> web.Response:
        id = ApiKeyId(call.params["id"])
        await self._doors.bus.execute(
            RevokeApiKey(caller=call.client.caller, key=call.key, api_key_id=id)
        )
        return no_content()


def _scopes(wish: NewKey) -> tuple[str, ...]:
    """Under either name of the field; what is wrong is told under the name that was used."""
    field, words = ("permissions", wish.permissions)
    if words is None and wish.scopes is not None:
        field, words = ("scopes", wish.scopes)
    if not words:
        raise refusal(
            422,
            "is_required",
            f"A key needs at least one of its {field}, such as incidents:read.",
            field=field,
        )
    try:
        return tuple(normal_scope(word) for word in words)
    except InvalidInput as error:
        raise InvalidInput(str(error), field=field) from error


def _dialect(word: str) -> Dialect:
    try:
        return Dialect(word.strip().lower())
    except ValueError:
        raise InvalidInput(
            f"“{word}” is not a dialect; use {', '.join(Dialect)}.", field="dialect"
        ) from None
