"""What is shown beside the links of one message: noted before it is shown, so that it can be taken
back should an incident of it turn private."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.slack.blocks import Block
from bot.slack.failures import Refused
from bot.slack.gateway import Gateway
from bot.slack.linked import Linked, LinkedKind
from bot.slack.shown_links import MOST_NOTED, ShownLinks, lane_of
from bot.slack.views.following import withdrawn_line
from bot.slack.views.previews import incident_preview, maintenance_preview
from core.domain.ids import ChannelId, IncidentId, OrganizationId
from core.domain.incident import Incident
from core.errors import NotFound
from core.ports import Postings, ReadModels


@dataclass(frozen=True, slots=True, kw_only=True)
class _Preview:
    """`incident` is what it shows, where it is one."""

    link: str
    blocks: list[Block]
    incident: Incident | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Noted:
    """`first`: nothing stood beside that message before."""

    incident: Incident
    links: ShownLinks
    first: bool


class Previewing:
    """`reads` know what everybody may know."""

    def __init__(self, reads: ReadModels, postings: Postings) -> None:
        self._reads = reads
        self._postings = postings

    async def show(
        self,
        gateway: Gateway,
        organization_id: OrganizationId,
        event: Mapping[str, Any],
        ours: Sequence[Linked],
    ) -> None:
        """Nothing for what there is not, or nobody was told of yet."""
        looked = [await self._preview(organization_id, one) for one in ours]
        noted: list[_Noted] = []
        shown = [one for one in looked if one and one.incident is None]
        for incident, previews in _by_incident(looked):
            links = _shown_links(event, previews)
            if begun := await self._begun(organization_id, incident, links):
                noted.append(begun)
                shown += previews
        if shown:
            await self._shown(gateway, organization_id, event, shown, noted)

    async def _shown(
        self,
        gateway: Gateway,
        organization_id: OrganizationId,
        event: Mapping[str, Any],
        shown: Sequence[_Preview],
        noted: Sequence[_Noted],
    ) -> None:
        """Whatever turned private meanwhile is taken back at once: who takes back the rest may
        have been here before."""
        try:
            blocks = {one.link: one.blocks for one in shown}
            await gateway.unfurl(str(event.get("unfurl_id") or ""), _source(event), blocks)
        except Refused:
            for one in noted:
                if one.first:
                    lane = lane_of(one.incident.id)
                    await self._postings.record(organization_id, lane, one.links.no_note)
            raise
        for one in noted:
            if not await self._is_public(organization_id, one.incident.id):
                neutral = dict.fromkeys(one.links.links, withdrawn_line(one.incident).blocks)
                await gateway.unfurl(one.links.unfurl_id, _source(event), neutral)

    async def _begun(
        self, organization_id: OrganizationId, incident: Incident, links: ShownLinks
    ) -> _Noted | None:
        """None where it must not be shown, for too many are noted."""
        lane = lane_of(incident.id)
        noted = {one.role: one for one in await self._postings.all_of(organization_id, lane)}
        before = noted.get(links.role)
        if len(noted) >= MOST_NOTED and before is None:
            return None
        await self._postings.record(organization_id, lane, links.note)
        return _Noted(incident=incident, links=links, first=not (before and before.ts))

    async def _is_public(self, organization_id: OrganizationId, id: IncidentId) -> bool:
        try:
            await self._reads.incident(organization_id, id)
        except NotFound:
            return False
        return True

    async def _preview(self, organization_id: OrganizationId, one: Linked) -> _Preview | None:
        try:
            match one.kind:
                case LinkedKind.INCIDENT:
                    return await self._of_incident(organization_id, one)
                case LinkedKind.MAINTENANCE:
                    window = (await self._reads.maintenance(organization_id, one.named)).maintenance
                    card = await self._reads.maintenance_card(organization_id, window.id)
                    return _Preview(link=one.link, blocks=maintenance_preview(card))
        except NotFound:
            return None

    async def _of_incident(self, organization_id: OrganizationId, one: Linked) -> _Preview | None:
        row = (await self._reads.incident(organization_id, one.named)).row
        if row.published_at is None:
            return None
        card = await self._reads.card(organization_id, row.id)
        if card.incident.hidden:
            return None
        return _Preview(link=one.link, blocks=incident_preview(card), incident=card.incident)


def _by_incident(
    looked: Iterable[_Preview | None],
) -> Iterable[tuple[Incident, list[_Preview]]]:
    """One message may name it in several ways."""
    found: dict[IncidentId, tuple[Incident, list[_Preview]]] = {}
    for one in looked:
        if one and one.incident:
            found.setdefault(one.incident.id, (one.incident, []))[1].append(one)
    return found.values()


def _shown_links(event: Mapping[str, Any], previews: Iterable[_Preview]) -> ShownLinks:
    return ShownLinks(
        unfurl_id=str(event.get("unfurl_id") or ""),
        channel_id=ChannelId(str(event.get("channel") or "")),
        ts=str(event.get("message_ts") or ""),
        links=tuple(one.link for one in previews),
    )


def _source(event: Mapping[str, Any]) -> str:
    return str(event.get("source") or "")
