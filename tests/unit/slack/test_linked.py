"""Which links lead to something of ours."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.linked import Linked, LinkedKind, linked

BASE = "https://tocsin.example.com"


@pytest.mark.parametrize(
    ("link", "kind", "named"),
    [
        (f"{BASE}/incidents/INC-7", LinkedKind.INCIDENT, "INC-7"),
        (f"{BASE}/incidents/inc-7/", LinkedKind.INCIDENT, "INC-7"),
        (f"{BASE}/incidents/INC-7?tab=timeline#l3", LinkedKind.INCIDENT, "INC-7"),
        (f"{BASE}:443/incidents/inc_01h", LinkedKind.INCIDENT, "inc_01h"),
        ("https://TOCSIN.example.com/maintenances/MNT-3", LinkedKind.MAINTENANCE, "MNT-3"),
    ],
)
def test_a_link_to_something_of_ours_names_it(link: str, kind: LinkedKind, named: str) -> None:
    assert linked([link], BASE) == [Linked(link=link, kind=kind, named=named)]


@pytest.mark.parametrize(
    "link",
    [
        "http://tocsin.example.com/incidents/INC-7",
        "https://tocsin.example.com:8443/incidents/INC-7",
        "https://tocsin.example.com.evil.example/incidents/INC-7",
        "https://evil.example/incidents/INC-7",
        "https://tocsin.example.com@evil.example/incidents/INC-7",
        "https://tocsin.example.com/incidents/INC-7/edit",
        "https://tocsin.example.com/incidents/../INC-7",
        "https://tocsin.example.com/api/v1/incidents/INC-7",
        "https://tocsin.example.com:port/incidents/INC-7",
        "https://[tocsin/incidents/INC-7",
        "/incidents/INC-7",
        "",
    ],
)
def test_any_other_link_is_none_of_ours(link: str) -> None:
    assert linked([link], BASE) == []


def test_an_installation_below_a_path_knows_its_own_links() -> None:
    links = [f"{BASE}/tocsin/incidents/INC-7", f"{BASE}/incidents/INC-8"]

    assert [one.named for one in linked(links, f"{BASE}/tocsin/")] == ["INC-7"]


@given(st.lists(st.text()), st.text())
def test_no_link_whatever_it_says_breaks_it(links: list[str], base: str) -> None:
    assert len(linked(links, base)) <= len(links)
