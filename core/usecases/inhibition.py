"""Alerts of a service that depends on a broken one: whoever is called already knows."""

from collections.abc import Iterator, Sequence

from core.domain.alert import Fate
from core.domain.dependencies import Graph, ancestors
from core.domain.ids import ServiceId
from core.ports import UnitOfWork
from core.usecases.ring import Ring
from core.usecases.waves import Member, Wave


async def graph_of(uow: UnitOfWork) -> Graph:
    return await uow.services.dependencies()


async def take_what_is_inhibited(wave: Wave, graph: Graph, ring: Ring) -> None:
    above = _above(wave, graph, ring)
    if not above:
        return
    wanted = frozenset(one for services in above.values() for one in services)
    broken = {one.service_id: one for one in await ring.uow.incidents.broken(wanted)}
    if not broken:
        return
    names = _Names(ring.uow)
    for _, member in wave.each():
        service = _service(member, ring)
        cause = next((broken[one] for one in above.get(service, ()) if one in broken), None)
        if service is not None and cause is not None:
            note = f"{cause.reference}, on which {await names.of(service)} depends"
            wave.keep(member.episode.quieted(Fate.INHIBITED, cause.incident_id, note))


def layers(wave: Wave, graph: Graph, ring: Ring) -> Iterator[Wave]:
    """The wave in parts: what others depend on comes before those others, so that its incident is
    there when they are decided on. What is in a circle comes last, together."""
    above = _above(wave, graph, ring)
    rest = dict(wave.members)
    while rest:
        present = {_service(member, ring) for member in rest.values()}
        ready = {
            id: member
            for id, member in rest.items()
            if present.isdisjoint(above.get(_service(member, ring), ()))
        }
        part = ready or rest
        yield Wave(members=dict(part))
        rest = {id: member for id, member in rest.items() if id not in part}


def _above(wave: Wave, graph: Graph, ring: Ring) -> dict[ServiceId | None, Sequence[ServiceId]]:
    """By service of the wave, what it depends on, the nearest first; without those that depend
    on nothing."""
    if not graph:
        return {}
    services = {_service(member, ring) for member in wave.members.values()}
    found = {one: ancestors(one, graph) for one in services if one is not None}
    return {one: above for one, above in found.items() if above}


def _service(member: Member, ring: Ring) -> ServiceId | None:
    return member.episode.service_id or ring.integration.service_id


class _Names:
    """Each service is asked for its name once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._known: dict[ServiceId, str] = {}

    async def of(self, id: ServiceId) -> str:
        if id not in self._known:
            self._known[id] = (await self._uow.services.get(id)).name
        return self._known[id]
