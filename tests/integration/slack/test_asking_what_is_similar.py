"""Somebody asks what is similar: with the command, in the declare form, in the App Home."""

import asyncio
from dataclasses import dataclass
from pathlib import Path

import pytest

from core.commands import AddArticle
from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports import Found, SearchQuery, Suggestion
from core.views import IncidentQuery
from sandbox.conversation.form import Form
from tests.fakes.people import the_operator
from tests.integration.slack.stage import Stage, staged

TITLE = "Checkout answers 502, connection pool exhausted"
EVERYTHING = IncidentQuery()
FIELD = "Search incidents, procedures and articles"
LOG = "2026-11-20 12:03:04 ERROR [checkout] 502: connection pool exhausted after 30000 ms"


async def happened_before(stage: Stage) -> None:
    """INC-1, and what fixed it."""
    room = await stage.declares(TITLE)
    await stage.alice.types(room, "/incident resolve Restarted PgBouncer.")
    await stage.settled()


async def declare_form(stage: Stage, title: str) -> Form:
    await stage.bob.types(await stage.room("general"), "/incident")
    form = await (await stage.bob.modal()).containing("What is wrong?")
    await form.fill({"What is wrong?": title, "How bad is it?": "Critical (SEV1)"})
    await form.fill({"Summary": "Since the deployment.", "Lead": "bob"})
    return form


async def test_in_a_channel_its_incident_is_meant(stage: Stage) -> None:
    await happened_before(stage)
    room = await stage.declares(f"{TITLE} again")
    rooms = {one.name: one for one in await stage.sandbox.channels()}
    [again] = [one for name, one in rooms.items() if name.endswith("-again")]

    await stage.alice.types(again, "/incident similar")

    answer = await stage.alice.ephemeral(again, "INC-2 looks like these")
    assert "What fixed it: Restarted PgBouncer." in answer.words
    assert answer.buttons == ["Same cause", "Not related"]
    assert room.id != again.id


async def test_a_verdict_on_the_answer_shows_it_anew(stage: Stage) -> None:
    await happened_before(stage)
    general = await stage.room("general")
    await stage.bob.types(general, f"/incident declare {TITLE} again")
    await stage.bob.types(general, "/incident similar INC-2")
    answer = await stage.bob.ephemeral(general, "INC-2 looks like these")

    await stage.bob.clicks(answer, "Not related")

    anew = await stage.bob.ephemeral(general, "👎 Not related, says Bob Brook")
    assert anew.buttons == ["Take back"]
    assert "PgBouncer" not in anew.words
    await stage.settled()


async def test_words_and_logs_find_what_has_to_do_with_them(stage: Stage) -> None:
    await happened_before(stage)
    general = await stage.room("general")

    await stage.bob.types(general, f"/incident similar {LOG}")

    answer = await stage.bob.ephemeral(general, "This has to do with “2026-11-20 12:03:04 ERROR")
    assert f"*INC-1* {TITLE}" in answer.words
    assert answer.buttons == []


async def test_elsewhere_it_asks_which_incident(stage: Stage) -> None:
    await happened_before(stage)
    general = await stage.room("general")
    await stage.bob.types(general, f"/incident declare {TITLE} again")
    await stage.bob.types(general, "/incident similar")
    question = await stage.bob.ephemeral(general, "Which incident?")

    await stage.bob.clicks(question, "Similar incidents")

    assert await stage.bob.ephemeral(general, "INC-2 looks like these")
    await stage.settled()


async def test_where_nothing_is_similar_it_says_so(stage: Stage) -> None:
    room = await stage.declares("Printers jam")

    await stage.alice.types(room, "/incident similar")
    await stage.alice.types(room, "/incident similar zebra crossing")

    assert await stage.alice.ephemeral(room, "Nothing is known that looks like INC-1.")
    assert await stage.alice.ephemeral(
        room, "Nothing is known that has to do with “zebra crossing”."
    )


async def test_the_form_asks_before_an_incident_is_declared_twice(stage: Stage) -> None:
    await stage.declares(TITLE)
    form = await declare_form(stage, f"{TITLE} in Europe")

    answer = await form.submit()

    assert answer.get("errors") is None
    asked = await form.containing("An incident that is going on may be the same.")
    assert f"*INC-1* {TITLE} · <#" in asked.words
    assert asked.values["What is wrong?"] == f"{TITLE} in Europe"
    assert asked.values["Summary"] == "Since the deployment."
    assert (await stage.store.reads.incidents(stage.organization_id, EVERYTHING)).total == 1


async def test_it_is_declared_anyway_with_what_was_filled_in(stage: Stage) -> None:
    await stage.declares(TITLE)
    form = await declare_form(stage, f"{TITLE} in Europe")
    await form.submit()
    asked = await form.containing("may be the same.")

    await asked.submit()
    await stage.settled()

    told = await stage.bob.ephemeral(await stage.room("general"), "INC-2 “")
    assert "Severity: Critical (SEV1)" in told.words
    row = (await stage.store.reads.incident(stage.organization_id, "INC-2")).row
    assert (row.title, row.description) == (f"{TITLE} in Europe", "Since the deployment.")
    assert row.assignee_name == "Bob Brook"


async def test_an_incident_that_is_over_stops_nobody(stage: Stage) -> None:
    await happened_before(stage)
    form = await declare_form(stage, TITLE)

    await form.submit()
    await stage.settled()

    assert await stage.bob.ephemeral(await stage.room("general"), "INC-2 “")


@dataclass(frozen=True, slots=True)
class Broken:
    """Search that is away, or takes longer than anybody waits."""

    hangs: bool

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        if self.hangs:
            await asyncio.Event().wait()
        raise Unavailable("The index is away.")

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        raise Unavailable("The index is away.")


@pytest.mark.parametrize("hangs", [True, False])
async def test_no_incident_waits_for_a_search_that_does_not_answer(
    tmp_path: Path, hangs: bool
) -> None:
    async with staged(tmp_path, search=Broken(hangs)) as stage:
        await stage.declares(TITLE)
        form = await declare_form(stage, TITLE)

        await form.submit()
        await stage.settled()

        assert await stage.bob.ephemeral(await stage.room("general"), "INC-2 “")


async def test_who_asks_while_search_is_away_reads_that(tmp_path: Path) -> None:
    async with staged(tmp_path, search=Broken(hangs=False)) as stage:
        room = await stage.declares(TITLE)

        await stage.alice.types(room, "/incident similar")

        assert await stage.alice.ephemeral(room, "The index is away.")


async def test_the_app_home_finds_incidents_and_articles(stage: Stage) -> None:
    await happened_before(stage)
    await stage.bus.execute(
        AddArticle(
            caller=the_operator(stage.organization_id),
            title="How the connection pool works",
            body="PgBouncer stands before the database.",
        )
    )
    home = await stage.alice.home("No incident is active.")

    await home.chooses(FIELD, "connection pool")

    found = await home.containing("2 results for “connection pool”")
    assert f"*INC-1* {TITLE}" in found.words
    assert "What fixed it: Restarted PgBouncer." in found.words
    assert "📖 *Article* How the connection pool works" in found.words
    assert found.values[FIELD] == "connection pool"


async def test_what_was_found_stays_while_the_calendar_is_leafed_through(stage: Stage) -> None:
    await happened_before(stage)
    home = await stage.alice.home("No incident is active.")
    await home.chooses(FIELD, "connection pool")
    found = await home.containing("1 result for")
    month = found.words.partition("Calendar: ")[2].split()[0]

    await found.clicks("Later")

    later = await home.containing("1 result for")
    assert later.words.partition("Calendar: ")[2].split()[0] != month
    await later.clicks("Clear")
    assert "1 result for" not in (await home.containing("Search incidents")).words


async def test_a_search_without_results_says_so_and_offers_to_clear(stage: Stage) -> None:
    home = await stage.alice.home("No incident is active.")

    await home.chooses(FIELD, "zebra")

    found = await home.containing("Nothing was found that has to do with “zebra”.")
    assert "Clear" in found.buttons


async def test_the_root_cause_is_asked_when_an_incident_is_resolved(stage: Stage) -> None:
    room = await stage.declares(TITLE)
    await stage.alice.types(room, "/incident resolve")
    form = await (await stage.alice.modal()).containing("What fixed it?")

    await form.fill({"What fixed it?": "Restarted PgBouncer.", "Root cause": "A leak."})
    await form.submit()
    await stage.settled()

    row = (await stage.store.reads.incident(stage.organization_id, "INC-1")).row
    assert (row.resolution, row.root_cause) == ("Restarted PgBouncer.", "A leak.")
