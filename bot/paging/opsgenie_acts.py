"""What Opsgenie's API does to alerts: checked, stored, answered 202, and carried out behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from aiohttp import web

from bot.alert_bodies.opsgenie import BODIES, LONGEST_ALIAS, Act, CreateBody
from bot.paging import genie
from bot.paging.finding import Finder
from bot.paging.switchboard import Ringing, Switchboard
from bot.web.bodies import json_of, read_body
from bot.web.problems import refusal
from bot.web.validation import checked
from core.domain.alert import Fingerprint

ALERTS = "/opsgenie/v2/alerts"
ONE = f"{ALERTS}/{{identifier}}"


@dataclass(frozen=True, slots=True)
class Way:
    """A method and the last part of a path."""

    method: str
    path: str
    act: Act


WAYS = (
    Way("DELETE", "", Act.DELETE),
    Way("POST", "/acknowledge", Act.ACKNOWLEDGE),
    Way("POST", "/unacknowledge", Act.UNACKNOWLEDGE),
    Way("POST", "/close", Act.CLOSE),
    Way("POST", "/snooze", Act.SNOOZE),
    Way("POST", "/notes", Act.ADD_NOTE),
    Way("POST", "/tags", Act.ADD_TAGS),
    Way("DELETE", "/tags", Act.REMOVE_TAGS),
    Way("POST", "/details", Act.ADD_DETAILS),
    Way("DELETE", "/details", Act.REMOVE_DETAILS),
    Way("PUT", "/message", Act.UPDATE_MESSAGE),
    Way("PUT", "/description", Act.UPDATE_DESCRIPTION),
    Way("PUT", "/priority", Act.UPDATE_PRIORITY),
    Way("POST", "/assign", Act.ASSIGN),
)
ABSENT: Mapping[str, str] = {
    "responders": "An alert has no responders here; the service of its source says who is called.",
    "teams": "An alert has no teams here; the service of its source says who is called.",
    "escalate": "Nothing escalates here.",
    "attachments": "Files cannot be attached here.",
    "actions": "There are no custom actions here.",
}
"""What Opsgenie has besides, and the reason why it is refused."""


class Acts:
    def __init__(self, switchboard: Switchboard, finder: Finder) -> None:
        self._switchboard = switchboard
        self._finder = finder

    def register(self, app: web.Application) -> None:
        app.router.add_post(ALERTS, self.create)
        for way in WAYS:
            handler = partial(self.act, way.act)
            app.router.add_route(way.method, f"{ONE}{way.path}", handler)
        for word, reason in ABSENT.items():
            app.router.add_post(f"{ONE}/{word}{{rest:.*}}", partial(_absent, reason))

    async def create(self, request: web.Request) -> web.Response:
        ringing = await genie.ringing(request, self._switchboard)
        sent = await self._sent(request)
        body = checked(CreateBody, sent)
        request_id = genie.new_request()
        alias = body.alias or request_id
        return await self._keep(ringing, Act.CREATE, alias, sent, request_id)

    async def act(self, act: Act, request: web.Request) -> web.Response:
        ringing = await genie.ringing(request, self._switchboard)
        sent = await self._sent(request)
        if request.method == "DELETE":
            sent = {**request.query, **sent}
        checked(BODIES[act], sent)
        alias = await self._alias(request, ringing)
        return await self._keep(ringing, act, alias, sent, genie.new_request())

    async def _keep(
        self, ringing: Ringing, act: Act, alias: str, sent: dict[str, Any], request_id: str
    ) -> web.Response:
        waiting = {"action": act, "alias": alias, "body": sent}
        await self._switchboard.keep(ringing, waiting, request_id)
        return genie.accepted(request_id)

    async def _alias(self, request: web.Request, ringing: Ringing) -> str:
        """Empty where there is no such alert: the request is stored all the same, because its
        outcome may be asked for."""
        identifier = request.match_info["identifier"]
        if request.query.get("identifierType", "id").lower() == "alias":
            return _fit(identifier)
        row = await self._finder.by_id(ringing, identifier)
        if row is None:
            return ""
        episode = row.episode
        latest = await self._finder.by_alias(ringing, episode.fingerprint)
        stands_for_another = not episode.firing and latest and latest.episode.id != episode.id
        return "" if stands_for_another else episode.fingerprint

    async def _sent(self, request: web.Request) -> dict[str, Any]:
        """The JSON object that was sent; most requests need not send any."""
        body = await read_body(request, self._switchboard.around.reading)
        if not body.strip():
            return {}
        value = json_of(body)
        if not isinstance(value, dict):
            raise refusal(422, "invalid_value", "The body must be a JSON object.")
        return value


def _fit(alias: str) -> Fingerprint:
    if len(alias) > LONGEST_ALIAS or "\0" in alias:
        message = f"An alias may have at most {LONGEST_ALIAS} characters, and no U+0000."
        raise refusal(422, "invalid_value", message, field="identifier")
    return Fingerprint(alias)


async def _absent(reason: str, _: web.Request) -> web.Response:
    raise refusal(422, "not_supported", reason)
