"""Alerts as clients of Opsgenie name them: by id, by the short id, or by alias."""

from aiohttp import web

from bot.paging.switchboard import Ringing
from bot.web.problems import refusal
from core.domain.alert import Fingerprint
from core.domain.ids import EpisodeId
from core.errors import NotFound
from core.ports import AlertRow, ReadModels

PREFIX = "alr_"
LONGEST_ID = 200


class Finder:
    """A key sees the alerts of its own source, and no others."""

    def __init__(self, reads: ReadModels) -> None:
        self._reads = reads

    async def named(self, ringing: Ringing, request: web.Request) -> AlertRow:
        """The alert that the request is about, or a `Refusal`."""
        identifier = request.match_info["identifier"]
        kind = request.query.get("identifierType", "id").lower()
        by_alias = kind == "alias"
        row = await (self.by_alias if by_alias else self.by_id)(ringing, identifier)
        if row is None:
            raise refusal(404, "not_found", f"Alert with {kind} [{identifier}] does not exist.")
        return row

    async def by_id(self, ringing: Ringing, id: str) -> AlertRow | None:
        """Also by the short id, which is the id without its prefix."""
        full = id if id.startswith(PREFIX) else f"{PREFIX}{id}"
        if len(full) > LONGEST_ID or not full.isprintable():
            return None
        try:
            row = await self._reads.alert(ringing.organization_id, EpisodeId(full))
        except NotFound:
            return None
        return row if row.episode.integration_id == ringing.integration.id else None

    async def by_alias(self, ringing: Ringing, alias: str) -> AlertRow | None:
        if "\0" in alias:
            return None
        row = await self._reads.latest_alert(
            ringing.organization_id, ringing.integration.id, Fingerprint(alias)
        )
        return None if row is None or row.episode.orphan else row


def short_id(id: EpisodeId) -> str:
    return id.removeprefix(PREFIX)
