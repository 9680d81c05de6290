"""How SQLite goes about the questions asked most: by an index, however much there is."""

import sqlite3

import pytest

from core.views import Op, Subject
from storage import (
    alert_endings,
    alert_lists,
    alerts,
    chores,
    incident_cards,
    incident_conditions,
    incident_lists,
    incidents,
    likeness_reads,
    likenesses,
    maintenance_lists,
    outbox_statements,
    people,
    read_models,
    timeline_reads,
)
from storage.engine import SqlitePlace, connect_sqlite, place_of
from storage.similarity import vectors
from storage.statements import Statement

Shape = incident_lists.Shape
PAGES = {
    "newest": (Shape(), 0),
    "oldest": (Shape(oldest_first=True), 0),
    "since a moment": (Shape(("since",)), 0),
    "of two states": (Shape(("states",)), 2),
    "of one severity": (Shape(("severities",)), 1),
    "of states and severities": (Shape(("states", "severities")), 3),
    "of two modes": (Shape(("modes",)), 2),
    "of an assignee": (Shape(("assignee",)), 0),
}
LOOKUPS = {
    "people of a card": people.PEOPLE,
    "owners of a card": incident_cards._OWNERS,
    "services of rows": incident_lists._SERVICES,
    "services of maintenance": maintenance_lists._SERVICES,
    "incident of a channel": read_models._IN_CHANNEL.seen,
    "lines of an incident": timeline_reads._stretch(True, True).seen,
    "how many lines an incident has": timeline_reads._COUNT_UNTIL.seen,
    "equals in a lane": outbox_statements.SETTLE_EQUALS,
    "others in a lane": outbox_statements.POSTPONE_OTHERS,
}


async def _plan(url: str, statement: Statement) -> list[str]:
    place = place_of(url)
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)
    compiled = statement.on("sqlite")
    placeholders = ["[]"] * compiled.sql.count("?")
    rows = connection.execute(f"EXPLAIN QUERY PLAN {compiled.sql}", placeholders).fetchall()
    connection.close()
    return [row[3] for row in rows]


def _scans_of_tables(plan: list[str]) -> list[str]:
    """Reading a table from end to end; lists of parameters and results in between are short."""
    tables = ("incidents", "users", "services", "service_owners", "outbox", "alerts", "timeline")
    more = ("integrations", "incident_services", "maintenances", "maintenance_services")
    scans = [step.split()[1] for step in plan if step.split()[0] == "SCAN"]
    return [table for table in scans if table in (*tables, *more)]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("page", PAGES)
async def test_a_page_is_picked_from_an_index_alone(
    sqlite_url: str, page: str, after: bool
) -> None:
    shape, branches = PAGES[page]

    plan = await _plan(sqlite_url, incident_lists._page(shape, branches, after))

    picking = [step for step in plan if step.startswith("SEARCH incidents USING COVERING INDEX")]
    assert len(picking) == max(branches, 1)
    assert _scans_of_tables(plan) == []


@pytest.mark.parametrize("filters", [("assignee",), ("since",)])
async def test_a_total_is_counted_in_an_index_alone(
    sqlite_url: str, filters: tuple[str, ...]
) -> None:
    plan = await _plan(sqlite_url, incident_lists._total(Shape(filters)))

    assert plan[0].startswith("SEARCH incidents USING COVERING INDEX")


@pytest.mark.parametrize(
    "filters", [(), ("states",), ("severities", "modes"), ("states", "published")]
)
async def test_what_is_counted_beforehand_is_not_counted_again(
    sqlite_url: str, filters: tuple[str, ...]
) -> None:
    plan = await _plan(sqlite_url, incident_lists._total(Shape(filters)))

    assert plan[0].startswith("SEARCH incident_counts USING")
    assert not any(step.split()[1] == "incidents" for step in plan)


@pytest.mark.parametrize("subject", [Subject.ROLE, Subject.FIELD])
async def test_a_facet_is_found_by_its_index(sqlite_url: str, subject: Subject) -> None:
    condition = incident_conditions.Shape(subject, Op.ONE_OF, blank=False)

    plan = await _plan(sqlite_url, incident_lists._total(Shape(conditions=(condition,))))

    assert any("ix_incident_facets_by_value" in step for step in plan)
    assert _scans_of_tables(plan) == []


@pytest.mark.parametrize("lookup", LOOKUPS)
async def test_a_lookup_finds_its_few_rows_by_key(sqlite_url: str, lookup: str) -> None:
    plan = await _plan(sqlite_url, LOOKUPS[lookup])

    assert _scans_of_tables(plan) == []


async def test_claiming_looks_at_what_is_due_in_its_order(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, outbox_statements.CLAIM)

    assert plan[0].startswith("SEARCH outbox USING INDEX ix_outbox_due")
    assert not any("TEMP B-TREE" in step for step in plan)


async def test_claiming_reminders_looks_at_nothing_else(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, outbox_statements.CLAIM_REMINDERS)

    assert plan[0].startswith("SEARCH outbox USING INDEX ix_outbox_reminders")
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize("claim", ["CLAIM", "CLAIM_CHANNELS"])
async def test_a_reminder_that_holds_something_up_is_found_by_what_it_holds_up(
    sqlite_url: str, claim: str
) -> None:
    plan = await _plan(sqlite_url, getattr(outbox_statements, claim))

    assert "SEARCH head USING INTEGER PRIMARY KEY (rowid=?)" in plan
    assert not any("ix_outbox_reminders" in step for step in plan)


async def test_channels_that_wait_are_found_among_themselves(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, outbox_statements.CLAIM_CHANNELS)

    assert plan[0].startswith("SEARCH outbox USING INDEX ix_outbox_channels")
    assert not any("SCAN" in step for step in plan)


async def test_forgotten_drafts_are_looked_for_among_drafts_alone(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, chores._FORGOTTEN_DRAFTS)

    assert plan[0].startswith("SEARCH incidents USING INDEX ix_incidents_metric_drafts")
    assert not any("TEMP B-TREE" in step for step in plan)


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (chores._DUE_TIMERS, "ix_alert_timers_due"),
        (chores._DUE_REMINDERS, "ix_alert_timers_patient"),
    ],
)
async def test_timers_that_are_due_are_read_in_the_order_of_their_index(
    sqlite_url: str, statement: Statement, index: str
) -> None:
    plan = await _plan(sqlite_url, statement)

    assert plan == [f"SEARCH alert_timers USING INDEX {index} (due_at<?)"]


@pytest.mark.parametrize("after", [False, True])
async def test_a_page_of_maintenance_comes_in_the_order_of_its_index(
    sqlite_url: str, after: bool
) -> None:
    plan = await _plan(sqlite_url, maintenance_lists._page(("states",), after))

    assert plan[0].startswith("SEARCH maintenances USING INDEX ix_maintenances_newest")
    assert not any("TEMP B-TREE" in step for step in plan)


async def test_what_was_delivered_is_in_no_index_of_what_waits(sqlite_url: str) -> None:
    place = place_of(sqlite_url)
    assert isinstance(place, SqlitePlace)
    connection = connect_sqlite(place)

    partial = _partial_indexes(connection)
    connection.close()

    assert {"ix_outbox_waiting", "ix_outbox_due", "ix_inbox_pending"} <= partial


def _partial_indexes(connection: sqlite3.Connection) -> set[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE sql LIKE '%INDEX%WHERE%'")
    return {name for (name,) in found}


@pytest.mark.parametrize(
    ("shape", "index"),
    [
        ((), "ix_alerts_newest"),
        (("after",), "ix_alerts_newest"),
        (("since", "until"), "ix_alerts_newest"),
        (("firing",), "ix_alerts_firing"),
        (("incident",), "ix_alerts_of_incident"),
        (("fingerprint",), "sqlite_autoindex_alerts"),
        (("fingerprint", "sources"), "sqlite_autoindex_alerts"),
        (("id",), "sqlite_autoindex_alerts"),
    ],
)
async def test_alerts_are_found_by_their_index(
    sqlite_url: str, shape: tuple[str, ...], index: str
) -> None:
    plan = await _plan(sqlite_url, alert_lists._listing(shape, whole=False))

    assert any(index in step for step in plan)
    assert _scans_of_tables(plan) == []


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        (alerts._LATEST, "sqlite_autoindex_alerts_2"),
        (alerts._FIRING, "ix_alerts_of_incident"),
        (alerts._LAST_END, "ix_alerts_of_incident"),
        (alert_endings._BEGUN, "sqlite_autoindex_alerts_2"),
        (alert_endings._SEVERITIES, "ix_alerts_of_incident"),
        (alert_endings._FLAPPING, "ix_alerts_of_incident"),
        (incident_cards._COUNTS, "ix_alerts_of_incident"),
        (incident_cards._LINKS, "ix_alerts_of_incident"),
    ],
)
async def test_what_triage_and_cards_ask_costs_no_more_where_there_are_many_alerts(
    sqlite_url: str, statement: Statement, index: str
) -> None:
    plan = await _plan(sqlite_url, statement)

    assert plan[0].startswith(f"SEARCH alerts USING INDEX {index} (")
    assert not any("organization_id=" in step for step in plan)


async def test_what_is_broken_is_looked_for_among_what_goes_on(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, incidents._BROKEN)

    assert plan[0].startswith("SEARCH incidents USING INDEX ix_incidents_by_state (")
    assert "state=?" in plan[0]
    assert any("sqlite_autoindex_incident_services_1 (incident_id=?)" in step for step in plan)
    assert not any("ix_incident_services_by_service" in step for step in plan)
    assert _scans_of_tables(plan) == []


async def test_what_fires_at_a_source_is_found_among_what_fires(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, alert_endings._FIRING)

    assert plan == ["SEARCH alerts USING INDEX ix_alerts_firing (organization_id=?)"]


async def test_what_waits_for_its_vector_is_found_without_reading_the_rest(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, vectors._STALE)

    assert "SCAN search_documents USING INDEX ix_search_documents_stale" in plan


async def test_what_was_embedded_later_is_found_by_its_moment(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, vectors._LATER)

    assert any("USING INDEX ix_document_vectors_made_at" in step for step in plan)


@pytest.mark.parametrize("side", ["incident_id", "other_id"])
async def test_what_people_compared_is_found_among_verdicts_from_either_side(
    sqlite_url: str, side: str
) -> None:
    plan = await _plan(sqlite_url, likenesses._PAIRS)

    found = [step for step in plan if "likenesses" in step]
    assert len(found) == 2
    assert all("USING COVERING INDEX ix_likenesses_judged" in step for step in found)
    assert any(f"(organization_id=? AND {side}=?)" in step for step in found)


@pytest.mark.parametrize(
    "listed", [likeness_reads._VERDICTS.seen, likeness_reads._LATER_VERDICTS.seen]
)
async def test_verdicts_are_listed_in_the_order_of_an_index_of_verdicts(
    sqlite_url: str, listed: Statement
) -> None:
    plan = await _plan(sqlite_url, listed)

    assert plan[0].startswith("SEARCH likenesses USING INDEX ix_likenesses_judged (")
    assert not any("TEMP B-TREE" in step for step in plan)


async def test_verdicts_are_counted_without_reading_what_nobody_judged(sqlite_url: str) -> None:
    plan = await _plan(sqlite_url, likeness_reads._HOW_MANY.seen)

    assert plan[0].startswith("SEARCH likenesses USING INDEX ix_likenesses_judged")


@pytest.mark.parametrize("filters", [("viewer",), ("states", "viewer"), ("viewer", "service")])
async def test_what_is_kept_from_somebody_is_sought_among_private_incidents_alone(
    sqlite_url: str, filters: tuple[str, ...]
) -> None:
    shape = incident_lists.Shape(filters=filters)
    branches = 1 if "states" in filters else 0
    statements = [incident_lists._page(shape, branches, False), incident_lists._total(shape)]

    plans = [await _plan(sqlite_url, statement) for statement in statements]

    sought = [step for plan in plans for step in plan if "private_ones" in step]
    known = [step for step in sought if "USING COVERING INDEX ix_incidents_private (" in step]
    assert len(known) == len(sought) >= 2
