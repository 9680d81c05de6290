"""Windows to look at, with whatever text a test wants in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.ids import MaintenanceId, ServiceId, SlackUserId, UserId
from core.domain.maintenance import Maintenance
from core.views import MaintenanceCard, Overlap, Person
from tests.unit.slack.cards import ALICE

START = datetime(2026, 6, 1, 20, 0, tzinfo=UTC)
END = START + timedelta(hours=2)
BEFORE = START - timedelta(days=3)
ID = MaintenanceId("mnt_7")
BOB = Person(
    id=UserId("usr_2"), name="Bob Baker", email="b@x.org", slack_user_id=SlackUserId("U0BOB")
)
BY_ALICE = Actor(surface=Surface.SLACK, name="Alice Archer", user_id=ALICE.id)
BY_CLOCK = Actor(surface=Surface.SCHEDULER, name="Tocsin")


def a_window(**changes: Any) -> Maintenance:
    window = Maintenance(
        id=ID,
        number=7,
        title="Database upgrade",
        scheduled_start_at=START,
        scheduled_end_at=END,
        created_at=BEFORE,
        updated_at=BEFORE,
        timezone="Europe/Berlin",
        armed_at=BEFORE,
    )
    return replace(window, **changes)


def running(**changes: Any) -> Maintenance:
    return a_window(**{"actual_start_at": START, **changes})


def a_card(window: Maintenance | None = None, **parts: Any) -> MaintenanceCard:
    return MaintenanceCard(
        maintenance=window or a_window(), **{"creator": ALICE, "owner": BOB, **parts}
    )


def an_overlap(number: int, title: str = "Network") -> Overlap:
    return Overlap(
        id=MaintenanceId(f"mnt_{number}"),
        reference=f"MNT-{number}",
        title=title,
        scheduled_start_at=START,
        scheduled_end_at=END,
        services=("Checkout",),
    )


def fact(kind: type[Any], *, by: Actor = BY_CLOCK, at: datetime = START, **parts: Any) -> Any:
    """An event about the window."""
    title = "Database upgrade"
    return kind(maintenance_id=ID, reference="MNT-7", title=title, by=by, at=at, **parts)


def hostile_card(text: str) -> MaintenanceCard:
    """The same text wherever somebody outside can put some."""
    person = Person(id=UserId("usr_3"), name=text[:200], email="c@x.org")
    window = running(
        title=text[:500],
        description=text,
        cancel_reason=text,
        created_by_name=text[:200],
        timezone=text[:60],
        runbook_url=text[:2_000],
        auto_complete=False,
        matchers=(text[:500],) * 9,
        customer_visible=False,
    )
    return a_card(
        window,
        creator=person,
        owner=person,
        services={ServiceId(f"svc_{n}"): text[:200] for n in range(20)},
        overlaps=tuple(
            replace(an_overlap(n, text[:500]), services=(text[:200],) * 9) for n in range(9)
        ),
        suppressed=3,
        firing=2,
        progress=text,
    )


def hostile_facts(text: str) -> list[Any]:
    """Every event that is told in a thread, with that text in it."""
    by = Actor(surface=Surface.WEBHOOK, name=text[:200])
    names = (text[:200],) * 30
    planned = {"scheduled_start_at": START, "scheduled_end_at": END}
    return [
        fact(e.MaintenanceScheduled, by=by, **planned),
        fact(e.MaintenanceScheduled, by=by, **planned, follows="MNT-6", missed=3),
        fact(e.MaintenanceEdited, by=by, fields=names),
        fact(e.MaintenanceEdited, by=by, fields=("start",), scheduled_start_at=START),
        fact(e.MaintenanceStartingSoon, by=by, scheduled_start_at=START),
        fact(e.MaintenanceDue, by=by, scheduled_start_at=START),
        fact(e.MaintenanceLapsed, by=by, scheduled_end_at=END),
        fact(e.MaintenanceStarted, by=by, scheduled_start_at=BEFORE),
        fact(e.MaintenanceExtended, by=by, scheduled_end_at=END),
        fact(e.MaintenanceEndingSoon, by=by, scheduled_end_at=END),
        fact(e.MaintenanceOverran, by=by, scheduled_end_at=END),
        fact(e.MaintenanceCompleted, by=by, suppressed=9, firing=2, names=names),
        fact(e.MaintenanceCompleted, by=by, scheduled_end_at=END, missed=True),
        fact(e.MaintenanceCanceled, by=by, reason=text, suppressed=1, names=names),
        fact(e.OccurrenceSkipped, by=by, occurrence_at=START),
        fact(e.ProgressPosted, by=by, text=text),
        fact(e.SuppressedAlertsRaised, by=by, count=9, incidents=names, handed=2, handed_to=names),
        fact(e.MaintenanceEffectBuried, by=by, effect="X", reason=text),
    ]
