"""What depends on what, and whether anything would depend on itself."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from core.domain.ids import ServiceId

Graph: TypeAlias = Mapping[ServiceId, Sequence[ServiceId]]
"""Each service with those that it depends on."""


def way_back(service: ServiceId, depends_on: Sequence[ServiceId], graph: Graph) -> list[ServiceId]:
    """The shortest way from the service over one of these back to itself, both ends included;
    empty where there is none."""
    ways = [[service, one] for one in dict.fromkeys(depends_on)]
    seen = set(depends_on)
    for way in ways:
        if way[-1] == service:
            return way
        nearer = [one for one in graph.get(way[-1], ()) if one not in seen]
        seen.update(nearer)
        ways += [[*way, one] for one in dict.fromkeys(nearer)]
    return []


def ancestors(service: ServiceId, graph: Graph) -> list[ServiceId]:
    """All that the service depends on, however far, the nearest first; never itself."""
    found = [service]
    seen = {service}
    for one in found:
        nearer = [each for each in dict.fromkeys(graph.get(one, ())) if each not in seen]
        seen.update(nearer)
        found += nearer
    return found[1:]
