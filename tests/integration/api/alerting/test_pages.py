"""The pages on routing and silences: their requests work, and what they count is so."""

from core.domain.alert import Fate
from core.domain.routing_rule import Routing
from core.usecases.routing_rules import MOST_RULES
from core.usecases.silences import LONGEST, MOST_ACTIVE, SHORTEST
from tests.integration.api.alerting.conftest import Watch
from tests.integration.api.doors import json_of
from tests.integration.api.page_examples import FOLDER, examples_of
from tests.unit.core.alerts import firing

ROUTING, SILENCES = "../alerts/routing.md", "../alerts/silences.md"


def text_of(page: str) -> str:
    return (FOLDER / page).read_text(encoding="utf-8")


async def answered(watch: Watch, page: str, names: dict[str, str]) -> list[int]:
    """The ids of what is made are known to the requests that follow, by the names of the page."""
    sent = []
    for example in examples_of(page):
        response = await example.send(watch.door.client, {"KEY": watch.key, **names})
        assert response.status == example.status, (str(example), await response.text())
        sent.append(response.status)
        body = await json_of(response)
        if response.status == 201:
            names["RULE" if body["id"].startswith("rul") else "SILENCE"] = body["id"]
    return sent


async def test_the_requests_on_routing_are_answered_as_the_page_says(guard: Watch) -> None:
    shop, cards = [
        (await guard.ask("POST", "/api/v1/services", {"name": name}))["id"]
        for name in ("Shop", "Cards")
    ]

    sent = await answered(guard, ROUTING, {"SERVICE": shop, "OTHER": cards})

    assert sent == [201, 201, 200, 200, 200, 200, 200]


async def test_the_requests_on_silences_are_answered_as_the_page_says(guard: Watch) -> None:
    await guard.rings(firing("a"))
    [alert] = await guard.alerts()

    sent = await answered(guard, SILENCES, {"ALERT": alert["id"]})

    assert sent == [201, 201, 200, 200, 200]


def test_the_page_has_every_routing_and_every_fate() -> None:
    page = text_of(ROUTING)

    assert [word for word in (*Routing, *Fate) if f"`{word}`" not in page] == []


def test_the_pages_say_how_many_and_how_long() -> None:
    assert f"There are {MOST_RULES} rules at most" in text_of(ROUTING)
    assert f"There are {MOST_ACTIVE} at once at most" in text_of(SILENCES)
    assert f"a minute at least, {LONGEST.days} days at\nmost" in text_of(SILENCES)
    assert SHORTEST.total_seconds() == 60
