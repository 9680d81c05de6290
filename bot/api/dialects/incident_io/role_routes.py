"""`/v2/incident_roles`: the parts that people take in incidents."""

from aiohttp import web

from bot.api.answers import answer, no_content
from bot.api.dialects.incident_io import operations, wire
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.doors import Doors
from bot.api.operations import Call
from bot.role_names import require_own_words
from core.commands import AddIncidentRole, DeleteIncidentRole, EditIncidentRole
from core.errors import NotFound


class Roles:
    def __init__(self, doors: Doors, vocabulary: Vocabulary) -> None:
        self._doors = doors
        self._vocabulary = vocabulary

    def register(self) -> None:
        operations.ROLES.serve(self._doors.server, self)

    async def list(self, call: Call) -> web.Response:
        rows = await self._vocabulary.roles(call.client.organization_id)
        return answer({"incident_roles": [wire.role(row) for row in rows.values()]})

    async def show(self, call: Call) -> web.Response:
        rows = await self._vocabulary.roles(call.client.organization_id)
        role = rows.get(call.params["id"])
        if role is None:
            raise NotFound("There is no such role.")
        return answer({"incident_role": wire.role(role)})

    async def create(self, call: Call) -> web.Response:
        wish = call.body
        require_own_words({"name": wish.name, "shortform": wish.shortform})
        role = await self._doors.bus.execute(
            AddIncidentRole(
                caller=call.client.caller,
                key=call.key,
                name=wish.name,
                shortform=wish.shortform,
                description=wish.description,
                instructions=wish.instructions,
            )
        )
        return answer({"incident_role": wire.role(role)}, status=201)

    async def update(self, call: Call) -> web.Response:
        wish = call.body
        await self._require_own_words(call)
        role = await self._doors.bus.execute(
            EditIncidentRole(
                caller=call.client.caller,
                key=call.key,
                role_id=call.params["id"],
                name=wish.name,
                shortform=wish.shortform,
                description=wish.description,
                instructions=wish.instructions,
            )
        )
        return answer({"incident_role": wire.role(role)})

    async def _require_own_words(self, call: Call) -> None:
        """What it is called already may stay."""
        rows = await self._vocabulary.roles(call.client.organization_id)
        if before := rows.get(call.params["id"]):
            wish = {"name": call.body.name, "shortform": call.body.shortform}
            require_own_words({k: v for k, v in wish.items() if v != getattr(before, k)})

    async def delete(self, call: Call) -> web.Response:
        await self._doors.bus.execute(
            DeleteIncidentRole(caller=call.client.caller, key=call.key, role_id=call.params["id"])
        )
        return no_content()
