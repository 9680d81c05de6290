"""Everything of one organisation, out of one database and into another."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from bot.fixtures import PASSWORDS, fixtures, keys_of
from core.bus import CommandBus
from core.commands import (
    AcknowledgeIncident,
    AddFollowUp,
    AddService,
    CreateIntegration,
    DeclareIncident,
    JudgeLikeness,
    LinkChannel,
    PostProgress,
    PostUpdate,
    ResolveIncident,
    ScheduleMaintenance,
    SnoozeIncident,
    WriteLikenesses,
)
from core.domain.actor import Actor, Caller, Surface
from core.domain.alert import Episode, Fingerprint, GroupKey
from core.domain.calendar_feed import CalendarFeed
from core.domain.events import RecordCreated
from core.domain.ids import (
    ChannelId,
    EpisodeId,
    IncidentId,
    IntegrationId,
    OrganizationId,
    ServiceId,
)
from core.domain.likeness import Likeness, Verdict
from core.domain.maintenance import Maintenance, MaintenanceState
from core.domain.severity import Severity
from core.domain.status_option import MERGED
from core.domain.timer import TimerKind
from core.domain.urgency import Urgency
from core.errors import Conflict, InvalidInput
from core.ports import MaintenanceQuery, Posting, UnitOfWork, Work
from core.ports.archive import Entry
from storage.archive import TRANSIENT, kept_tables
from storage.older_archives import completed
from storage.opening import Storage, open_storage
from storage.tables import metadata
from tests.databases import migrated_sqlite
from tests.fakes.moment import NOON, FakeClock, FakeIds
from tests.fakes.people import hire, the_operator, the_relay
from tests.postgres import PostgresServer

NewPlace: TypeAlias = Callable[[], str]
A_CARD = Posting(role="card:C0PS", channel_id=ChannelId("C0PS"), ts="17.42")
LATER: Mapping[str, frozenset[str]] = {
    "incidents": frozenset(
        {
            *("resolution", "root_cause", "rung_at", "private", "members", "related"),
            *("merged_into", "update_due_at", "archived_at"),
        }
    ),
    "services": frozenset({"depends_on"}),
    "integrations": frozenset({"settings", "sealed_token", "sealed_secret", "deleted_at"}),
    "alert_groups": frozenset({"opened_at"}),
    "search_documents": frozenset({"stale"}),
    "alerts": frozenset(
        {
            *("suppressed_by", "group", "group_title", "urgency", "fate", "fate_note", "count"),
            *("acknowledged_by", "owner", "kept_by", "service_id", "due_at", "acknowledged_at"),
            *("snoozed_until", "last_at", "flapping", "orphan", "tags"),
        }
    ),
    "timeline": frozenset({"maintenance_id"}),
    "postings": frozenset({"subject_id"}),
    "maintenances": frozenset(
        {
            *("timezone", "notify_channels", "notify_user_ids", "customer_visible", "runbook_url"),
            *(
                "owner_id",
                "auto_start",
                "auto_complete",
                "reminders",
                "matchers",
                "told",
                "next_at",
            ),
            *("cancel_reason", "recurrence", "series_id", "series_start_at", "series_end_at"),
            *("occurrence_at", "exceptions", "followed", "armed_at"),
        }
    ),
}
"""Columns that the version before the clock had not."""

UNKNOWN = ("alert_notes", "alert_timers", "calendar_feeds", "likenesses")
"""Tables of which it knew nothing."""

Open: TypeAlias = Callable[[str], Awaitable[Storage]]


@pytest.fixture(params=["sqlite", "postgresql"])
def new_place(request: pytest.FixtureRequest, tmp_path: Path) -> NewPlace:
    """Makes databases with all tables and no rows."""
    places: list[str] = []

    def make() -> str:
        number = len(places) + 1
        if request.param == "sqlite":
            url = migrated_sqlite(tmp_path / str(number))
        else:
            server: PostgresServer = request.getfixturevalue("postgres_cluster")
            template = request.getfixturevalue("migrated_database")
            url = server.create(f"archive_{id(places)}_{number}", template=template)
        places.append(url)
        return url

    return make


@pytest.fixture
async def opened(clock: FakeClock, new_id: FakeIds) -> AsyncIterator[Open]:
    storages: list[Storage] = []

    async def open_at(url: str) -> Storage:
        storages.append(await open_storage(url, clock=clock, new_id=new_id))
        return storages[-1]

    yield open_at
    for storage in storages:
        await storage.close()


async def _populated(storage: Storage, clock: FakeClock) -> OrganizationId:
    ours = (await storage.directory.ensure_organization("default", "Default")).id
    bus, operator = CommandBus(storage.transactions, clock), the_operator(ours)
    hashes = dict.fromkeys(PASSWORDS, "a hash")
    await bus.execute(fixtures(operator, keys_of("k" * 16), hashes, clock()))
    service = await bus.execute(AddService(caller=operator, name="Search"))
    incident = await bus.execute(
        DeclareIncident(
            caller=operator, title="Søk feiler", severity="sev1", service_ids=(service.id,)
        )
    )
    await bus.execute(AcknowledgeIncident(caller=operator, incident_id=incident.id))
    await bus.execute(PostUpdate(caller=operator, incident_id=incident.id, text="On it."))
    window = await bus.execute(_window(operator, service.id))
    await bus.execute(PostProgress(caller=operator, maintenance_id=window.id, text="Søk ☃."))
    await storage.postings.record(ours, window.id, A_CARD)
    source = await bus.execute(
        CreateIntegration(caller=operator, source="alertmanager", name="prod", token_hash="h")
    )
    await storage.transactions.run(ours, _beside(window, source.id))
    await _compare(bus, operator, incident.id)
    return ours


async def _compare(bus: CommandBus, by: Caller, id: IncidentId) -> None:
    """It looks like one of the examples, and somebody agrees."""
    like = Likeness(
        incident_id=id, other_id="inc-uuid-002", kind="incident", found_at=NOON, score=0.25, rank=1
    )
    await bus.execute(WriteLikenesses(caller=by, incident_id=id, likenesses=(like,)))
    await bus.execute(
        JudgeLikeness(caller=by, incident_id=id, other_id=like.other_id, verdict=Verdict.SAME_CAUSE)
    )


def _beside(window: Maintenance, source: IntegrationId) -> Work[None]:
    """An alert that the window suppressed, and the address of a calendar."""
    episode = Episode(
        id=EpisodeId("alr_held"),
        summary="",
        labels={},
        links={},
        integration_id=source,
        fingerprint=Fingerprint("held"),
        starts_at=NOON,
        name="Slow",
        severity=Severity.HIGH,
        suppressed_by=window.id,
        group=GroupKey("Søk"),
        group_title="Søk",
        urgency=Urgency.LOW,
    )
    robot = Actor(surface=Surface.CLI, name="x")
    made = RecordCreated(by=robot, at=NOON, noun="calendar feed", record_id="h", name="feed")

    async def work(uow: UnitOfWork) -> None:
        await uow.alerts.put([episode])
        await uow.calendar_feeds.put(CalendarFeed(token_hash="h", created_at=NOON), because=made)

    return work


def _window(operator: Caller, service_id: ServiceId) -> ScheduleMaintenance:
    return ScheduleMaintenance(
        caller=operator,
        title="Oppgradering",
        scheduled_start_at=NOON + timedelta(days=1),
        scheduled_end_at=NOON + timedelta(days=1, hours=1),
        service_ids=(service_id,),
        notify_channels=("ops",),
        reminders=(60, 5),
        matchers=('team="db"',),
        recurrence="FREQ=WEEKLY",
        exceptions=(NOON + timedelta(days=8),),
        timezone="Europe/Oslo",
    )


def _older(entries: Iterable[Entry]) -> list[Entry]:
    """As the version exported it that knew nothing of the clock."""
    known = [entry for entry in entries if entry[0] not in UNKNOWN]
    return [(noun, _without(noun, row)) for noun, row in known]


def _without(noun: str, row: Mapping[str, Any]) -> dict[str, Any]:
    left = {name: value for name, value in row.items() if name not in LATER.get(noun, ())}
    return {**left, "incident_id": row["subject_id"]} if noun == "postings" else left


async def _declared(bus: CommandBus, operator: Caller) -> list[IncidentId]:
    """One that nobody leads, one that somebody does, two that are over (one has a channel, and the
    other a task), and one that is snoozed for an hour."""
    by: dict[str, Any] = {"caller": operator}
    lead = (await hire(bus, operator.organization_id, "Dora Dahl")).actor.user_id
    wish: dict[str, Any] = {**by, "title": "Search", "severity": "high"}
    made = [
        await bus.execute(DeclareIncident(**wish, assignee_id=one))
        for one in (None, lead, None, None, None)
    ]
    relay = the_relay(operator.organization_id)
    link = LinkChannel(
        caller=relay, incident_id=made[2].id, channel_id=ChannelId("C2"), channel_name="inc-2"
    )
    await bus.execute(link)
    await bus.execute(AddFollowUp(**by, incident_id=made[3].id, title="Add a test"))
    until = made[4].created_at + timedelta(hours=1)
    await bus.execute(SnoozeIncident(**by, incident_id=made[4].id, until=until))
    for over in made[2:4]:
        await bus.execute(ResolveIncident(**by, incident_id=over.id))
    return [one.id for one in made]


async def _windows(storage: Storage, organization_id: OrganizationId) -> list[Maintenance]:
    page = await storage.reads.maintenances(organization_id, MaintenanceQuery())
    return [row.maintenance for row in page.rows]


async def _entries(storage: Storage, organization_id: OrganizationId) -> list[Entry]:
    found: list[Entry] = []
    await storage.archive.export(organization_id, found.append)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """An organisation that was exported, and a storage with nothing in it."""

    first: Storage
    second: Storage
    ours: OrganizationId
    exported: list[Entry]


@pytest.fixture
async def move(new_place: NewPlace, opened: Open, clock: FakeClock) -> Move:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    exported = await _entries(first, ours)
    return Move(first=first, second=second, ours=ours, exported=exported)


async def test_what_is_imported_exports_the_same(move: Move) -> None:
    count = await move.second.archive.restore(lambda: move.exported)

    assert count == len(move.exported) > 20
    assert await _entries(move.second, move.ours) == move.exported


async def test_an_imported_organisation_goes_on_counting(move: Move, clock: FakeClock) -> None:
    await move.second.directory.ensure_organization("default", "Default")
    await move.second.archive.restore(lambda: move.exported)

    bus = CommandBus(move.second.transactions, clock)
    wish = DeclareIncident(caller=the_operator(move.ours), title="Next", severity="low")
    incident = await bus.execute(wish)

    assert incident.reference == "INC-7"


async def test_an_organisation_that_has_something_is_never_overwritten(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    storage = await opened(new_place())
    ours = await _populated(storage, clock)
    exported = await _entries(storage, ours)

    with pytest.raises(Conflict):
        await storage.archive.restore(lambda: exported)

    assert await _entries(storage, ours) == exported


async def test_a_broken_file_leaves_nothing_behind(move: Move) -> None:
    noun, row = move.exported[-1]
    broken = [*move.exported[:-1], (noun, {name: object() for name in row})]

    with pytest.raises(InvalidInput):
        await move.second.archive.restore(lambda: broken)

    assert await _entries(move.second, move.ours) == []


async def test_windows_come_back_with_their_history_and_their_alarm(move: Move) -> None:
    await move.second.archive.restore(lambda: move.exported)

    [window] = windows = await _windows(move.second, move.ours)
    assert windows == await _windows(move.first, move.ours)
    assert (window.reminders, len(window.exceptions)) == ((60, 5), 1)
    before, after = [
        await storage.reads.maintenance_timeline(move.ours, window.id)
        for storage in (move.first, move.second)
    ]
    assert len(after) == 2
    assert after == before
    due = await move.second.chores.due_maintenances(NOON + timedelta(days=1), 10)
    assert due == [(move.ours, window.id)]
    assert await move.second.postings.all_of(move.ours, window.id) == [A_CARD]
    alert = await move.second.reads.alert(move.ours, EpisodeId("alr_held"))
    assert (alert.suppressed, alert.episode.urgency) == (True, Urgency.LOW)
    assert await move.second.directory.calendar_feed("h") == move.ours


async def test_an_export_of_the_version_before_the_clock_is_brought_up_to_date(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    exported = _older(await _entries(first, ours))

    count = await second.archive.restore(lambda: exported)

    assert count == len(exported)
    [window] = await _windows(second, ours)
    assert (window.timezone, window.recurrence, window.armed_at) == ("UTC", "", NOON)
    due = await second.chores.due_maintenances(NOON + timedelta(days=1), 10)
    assert due == [(ours, window.id)]
    assert await second.postings.all_of(ours, window.id) == [A_CARD]


async def test_what_had_passed_unstarted_in_such_an_export_is_left_alone(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    exported = _older(await _entries(first, ours))

    clock.advance(days=30)
    await second.archive.restore(lambda: exported)

    [window] = await _windows(second, ours)
    assert (window.state, window.armed_at) == (MaintenanceState.SCHEDULED, None)
    assert await second.chores.due_maintenances(clock(), 10) == []


async def test_what_a_file_without_reminders_holds_is_reminded_of_from_then_on(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    first = await opened(new_place())
    second = await opened(new_place())
    ours = await _populated(first, clock)
    ids = await _declared(CommandBus(first.transactions, clock), the_operator(ours))
    exported = _older(await _entries(first, ours))

    await second.archive.restore(lambda: exported)

    due = await second.chores.due_timers(clock() + timedelta(days=2), 500)
    found = {id: {kind for _, kind, subject in due if subject == id} for id in ids}
    assert [*found.values()] == [
        {TimerKind.LEAD, TimerKind.STALE},
        {TimerKind.UPDATE, TimerKind.STALE},
        {TimerKind.ARCHIVE},
        {TimerKind.TASKS_LEFT},
        {TimerKind.SNOOZE},
    ]
    assert await second.chores.due_timers(clock() + timedelta(minutes=59), 500) == []


def test_what_was_merged_has_the_status_of_what_was_merged_in_older_exports_too() -> None:
    gone = {"status_id": None, "merged_into": "inc_2"}
    named = {"status_id": "status_ours", "merged_into": "inc_2"}
    kept = {"status_id": None, "merged_into": None}

    ids = [completed("incidents", row, NOON)["status_id"] for row in (gone, named, kept)]

    assert ids == [MERGED, "status_ours", None]


def test_every_table_is_either_kept_or_known_to_be_passing() -> None:
    kept = {table.name for table in kept_tables()}

    assert kept | TRANSIENT == set(metadata.tables)
    assert not kept & TRANSIENT


async def test_the_example_objects_are_loaded_once(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    storage = await opened(new_place())
    ours = (await storage.directory.ensure_organization("default", "Default")).id
    bus = CommandBus(storage.transactions, clock)
    wish = fixtures(
        the_operator(ours), keys_of("k" * 16), dict.fromkeys(PASSWORDS, "a hash"), clock()
    )

    made = [await bus.execute(wish) for _ in range(2)]

    assert made == [15, 0]


@pytest.mark.parametrize(
    ("noun", "change"),
    [
        ("users", {"role": "emperor"}),
        ("users", {"organization_id": "org_another"}),
        ("users", {"email": {"at": "home"}}),
        ("users", {"created_at": "2026-11-20T12:00:00"}),
        ("users", {"version": "x"}),
        ("users", {"failed_logins": 10**30}),
        ("incidents", {"assignee_id": "usr_nobody"}),
        ("organizations", {"id": [1]}),
        ("maintenances", {"exceptions": "never"}),
        ("maintenances", {"exceptions": ["never"]}),
        ("maintenances", {"exceptions": ["2026-11-20T12:00:00"]}),
        ("incidents", {"fields": [{"field_id": "x"}]}),
        ("maintenances", {"next_at": "2026-11-20T12:00:00"}),
        ("maintenances", {"auto_start": "yes"}),
        ("maintenance_services", {"service_id": "svc_nobody"}),
        ("postings", {"subject_id": 7}),
    ],
)
async def test_a_hostile_file_is_refused_whole(
    move: Move, noun: str, change: dict[str, object]
) -> None:
    hostile = [(name, {**row, **change} if name == noun else row) for name, row in move.exported]

    with pytest.raises(InvalidInput):
        await move.second.archive.restore(lambda: hostile)

    assert await _entries(move.second, move.ours) == []


async def test_rows_without_their_organisation_go_nowhere(
    new_place: NewPlace, opened: Open, clock: FakeClock
) -> None:
    storage = await opened(new_place())
    ours = await _populated(storage, clock)
    exported = await _entries(storage, ours)
    stranger = next(entry for entry in exported if entry[0] == "users")

    with pytest.raises(InvalidInput):
        await storage.archive.restore(lambda: [stranger])

    assert await _entries(storage, ours) == exported
