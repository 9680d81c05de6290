"""Whether anything would depend on itself: the way around, and none where there is none."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from core.domain.dependencies import way_back
from core.domain.ids import ServiceId

NAMES = [ServiceId(name) for name in "abcdefg"]
ONE = st.sampled_from(NAMES)
GRAPHS = st.dictionaries(ONE, st.lists(ONE, max_size=4), max_size=len(NAMES))


def reached(start: list[ServiceId], graph: dict[ServiceId, list[ServiceId]]) -> set[ServiceId]:
    """All that can be come to from there."""
    found: set[ServiceId] = set()
    ahead = list(start)
    while ahead:
        one = ahead.pop()
        if one not in found:
            found.add(one)
            ahead += graph.get(one, [])
    return found


@given(service=ONE, wanted=st.lists(ONE, max_size=4), graph=GRAPHS)
def test_there_is_a_way_back_where_the_service_can_be_come_to(
    service: ServiceId, wanted: list[ServiceId], graph: dict[ServiceId, list[ServiceId]]
) -> None:
    way = way_back(service, wanted, graph)

    assert bool(way) is (service in reached(wanted, graph))


@given(service=ONE, wanted=st.lists(ONE, max_size=4), graph=GRAPHS)
def test_a_way_back_can_be_walked(
    service: ServiceId, wanted: list[ServiceId], graph: dict[ServiceId, list[ServiceId]]
) -> None:
    way = way_back(service, wanted, graph)

    steps = {**graph, service: wanted}
    assert all(there in steps.get(here, []) for here, there in pairwise(way))
    assert way[:1] == way[-1:]
    assert way == [] or len(way) > 1


def test_the_shortest_way_is_told() -> None:
    a, b, c, d = NAMES[:4]

    way = way_back(a, [b, d], {b: [c], c: [a], d: [a]})

    assert way == [a, d, a]
