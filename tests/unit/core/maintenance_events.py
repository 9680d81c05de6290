"""Events of maintenance of every kind, each with the sentence that tells it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.ids import MaintenanceId, UserId
from tests.fakes.moment import NOON

_ALICE = Actor(surface=Surface.SLACK, name="Alice Archer", user_id=UserId("usr_alice"))
_TOCSIN = Actor(surface=Surface.SCHEDULER, name="Tocsin")
_HOUR = timedelta(hours=1)
_FACT: dict[str, Any] = {
    "by": _ALICE,
    "at": NOON,
    "maintenance_id": MaintenanceId("mnt_1"),
    "reference": "MNT-7",
    "title": "Database upgrade",
}
_BY_CLOCK = {**_FACT, "by": _TOCSIN}
_TIMES: dict[str, Any] = {"scheduled_start_at": NOON, "scheduled_end_at": NOON + 2 * _HOUR}
_START: dict[str, Any] = {"scheduled_start_at": NOON + _HOUR}
_END: dict[str, Any] = {"scheduled_end_at": NOON}
_SCHEDULED = e.MaintenanceScheduled(**_FACT, **_TIMES)
_COMPLETED = e.MaintenanceCompleted(**_FACT)
_CANCELED = e.MaintenanceCanceled(**_FACT)
_RAISED = e.SuppressedAlertsRaised(**_BY_CLOCK, count=1, incidents=("INC-4",))
_WHAT = "MNT-7 (Database upgrade)"

MAINTENANCE_TOLD: list[tuple[e.Event, str]] = [
    (
        _SCHEDULED,
        f"Alice Archer scheduled {_WHAT} from 2030-01-01 12:00 UTC to 2030-01-01 14:00 UTC.",
    ),
    (
        replace(_SCHEDULED, past=True),
        f"Alice Archer recorded {_WHAT} afterwards,"
        " from 2030-01-01 12:00 UTC to 2030-01-01 14:00 UTC.",
    ),
    (
        replace(_SCHEDULED, follows="MNT-6"),
        f"{_WHAT} follows MNT-6, from 2030-01-01 12:00 UTC to 2030-01-01 14:00 UTC.",
    ),
    (
        replace(_SCHEDULED, follows="MNT-6", missed=1),
        f"{_WHAT} follows MNT-6, from 2030-01-01 12:00 UTC to 2030-01-01 14:00 UTC."
        " 1 occurrence in between passed while Tocsin was not running.",
    ),
    (
        e.MaintenanceEdited(**_FACT, fields=("title", "audience")),
        f"Alice Archer changed the title and the audience of {_WHAT}.",
    ),
    (
        e.MaintenanceEdited(**_FACT, fields=("start", "end"), **_TIMES),
        f"Alice Archer changed the start and the end of {_WHAT}:"
        " it is now from 2030-01-01 12:00 UTC to 2030-01-01 14:00 UTC.",
    ),
    (
        e.MaintenanceEdited(**_FACT, fields=("start",), **_START),
        f"Alice Archer changed the start of {_WHAT}: it now starts at 2030-01-01 13:00 UTC.",
    ),
    (
        e.MaintenanceEdited(**_FACT, fields=("end",), **_END),
        f"Alice Archer changed the end of {_WHAT}: it now ends at 2030-01-01 12:00 UTC.",
    ),
    (
        e.MaintenanceStartingSoon(**_BY_CLOCK | {"at": NOON + timedelta(milliseconds=4)}, **_START),
        f"{_WHAT} starts in 1 h, at 2030-01-01 13:00 UTC.",
    ),
    (
        e.MaintenanceDue(**_BY_CLOCK, scheduled_start_at=NOON),
        f"{_WHAT} was to start at 2030-01-01 12:00 UTC and waits for somebody to start it.",
    ),
    (
        e.MaintenanceLapsed(**_BY_CLOCK, **_END),
        f"{_WHAT} was to end at 2030-01-01 12:00 UTC, and nobody has started it.",
    ),
    (e.MaintenanceStarted(**_FACT), f"Alice Archer started {_WHAT}."),
    (e.MaintenanceStarted(**_BY_CLOCK, scheduled_start_at=NOON), f"Tocsin started {_WHAT}."),
    (
        e.MaintenanceStarted(**_FACT, **_START),
        f"Alice Archer started {_WHAT} 1 h early: it was planned for 2030-01-01 13:00 UTC.",
    ),
    (
        e.MaintenanceStarted(**_BY_CLOCK, scheduled_start_at=NOON - timedelta(minutes=20)),
        f"Tocsin started {_WHAT} 20 min late: it was planned for 2030-01-01 11:40 UTC.",
    ),
    (
        e.MaintenanceStarted(**_BY_CLOCK, scheduled_start_at=NOON - _HOUR, missed=True),
        f"{_WHAT} was planned for 2030-01-01 11:00 UTC; Tocsin was not running then.",
    ),
    (
        e.MaintenanceStarted(**_BY_CLOCK, scheduled_start_at=NOON, missed=True),
        f"{_WHAT} was planned for 2030-01-01 12:00 UTC; Tocsin was not running then.",
    ),
    (
        e.MaintenanceExtended(**_FACT, scheduled_end_at=NOON + _HOUR),
        f"Alice Archer extended {_WHAT}: it now ends at 2030-01-01 13:00 UTC.",
    ),
    (
        e.MaintenanceEndingSoon(**_BY_CLOCK, scheduled_end_at=NOON + timedelta(minutes=15)),
        f"{_WHAT} ends in 15 min, at 2030-01-01 12:15 UTC.",
    ),
    (
        e.MaintenanceOverran(**_BY_CLOCK, **_END),
        f"{_WHAT} was to end at 2030-01-01 12:00 UTC and is still running; complete or extend it.",
    ),
    (_COMPLETED, f"Alice Archer completed {_WHAT}."),
    (
        e.MaintenanceCompleted(**_BY_CLOCK, **_TIMES, missed=True),
        f"{_WHAT} was planned from 2030-01-01 12:00 UTC to 2030-01-01 14:00 UTC;"
        " Tocsin was not running then, and it is over.",
    ),
    (
        replace(_COMPLETED, suppressed=6, firing=2, names=("HighLatency", "DiskFull")),
        f"Alice Archer completed {_WHAT}. 6 alerts were suppressed;"
        " 2 still fire and are raised now; 4 have ended (HighLatency, DiskFull and 2 more).",
    ),
    (
        replace(_COMPLETED, suppressed=3, names=("a", "b", "c")),
        f"Alice Archer completed {_WHAT}. 3 alerts were suppressed; all have ended (a, b, c).",
    ),
    (
        replace(_COMPLETED, suppressed=2, firing=1),
        f"Alice Archer completed {_WHAT}. 2 alerts were suppressed;"
        " 1 still fires and is raised now; 1 has ended.",
    ),
    (
        replace(_COMPLETED, suppressed=1, firing=1),
        f"Alice Archer completed {_WHAT}. 1 alert was suppressed; 1 still fires and is raised now.",
    ),
    (
        replace(_COMPLETED, suppressed=1, firing=1, handed=1),
        f"Alice Archer completed {_WHAT}. 1 alert was suppressed;"
        " 1 still fires and stays suppressed by other running maintenance.",
    ),
    (
        replace(_COMPLETED, suppressed=6, firing=5, handed=3),
        f"Alice Archer completed {_WHAT}. 6 alerts were suppressed; 2 still fire and are raised"
        " now; 3 still fire and stay suppressed by other running maintenance; 1 has ended.",
    ),
    (
        replace(_COMPLETED, suppressed=1, names=("x" * 200,)),
        f"Alice Archer completed {_WHAT}. 1 alert was suppressed; it has ended ({'x' * 79}…).",
    ),
    (
        replace(_COMPLETED, suppressed=1),
        f"Alice Archer completed {_WHAT}. 1 alert was suppressed; it has ended.",
    ),
    (_CANCELED, f"Alice Archer canceled {_WHAT}."),
    (
        replace(_CANCELED, reason="The vendor moved it.", suppressed=1),
        f"Alice Archer canceled {_WHAT}: The vendor moved it."
        " 1 alert was suppressed; it has ended.",
    ),
    (replace(_CANCELED, skipped=True), f"Alice Archer skipped {_WHAT}."),
    (
        e.OccurrenceSkipped(**_FACT, occurrence_at=NOON),
        f"Alice Archer left out the occurrence of {_WHAT} at 2030-01-01 12:00 UTC.",
    ),
    (
        e.ProgressPosted(**_FACT, text="Replicas are done."),
        f"Alice Archer on {_WHAT}: Replicas are done.",
    ),
    (_RAISED, f"1 alert from {_WHAT} still fires: INC-4."),
    (
        replace(_RAISED, count=12, incidents=tuple(f"INC-{n}" for n in range(1, 13))),
        f"12 alerts from {_WHAT} still fire: INC-1, INC-2, INC-3, INC-4, INC-5, INC-6, INC-7,"
        " INC-8, INC-9, INC-10 and 2 more.",
    ),
    (
        replace(_RAISED, count=0, incidents=(), handed=3, handed_to=("MNT-9",)),
        f"3 alerts from {_WHAT} stay suppressed by MNT-9.",
    ),
    (
        replace(_RAISED, handed=1, handed_to=("MNT-9", "MNT-11")),
        f"1 alert from {_WHAT} still fires: INC-4."
        f" 1 alert from {_WHAT} stays suppressed by MNT-9, MNT-11.",
    ),
    (
        e.MaintenanceEffectBuried(**_BY_CLOCK, effect="x", reason="The channel is archived."),
        "The channel is archived.",
    ),
]
