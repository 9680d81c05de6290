"""Incidents of before the clock knew of them are reminded of too, and their channels put away.

What is due is looked at when it rings: timers of what nobody has to hear of are gone then without
a word. They ring one after the other, so that nothing comes all at once. What waits is found among
reminders or among the rest, without reading the others.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

GOING_ON = "state IN ('open', 'acknowledged') AND mode IN ('standard', 'test')"
HAS_TASKS = (
    "EXISTS (SELECT 1 FROM records WHERE records.organization_id = incidents.organization_id"
    " AND noun = 'follow-up' AND parent_id = incidents.id AND records.deleted_at IS NULL)"
)
WATCHED = "'lead', 'update', 'stale'"
HOUR, DAY = 3_600, 86_400
"""Seconds until the first of them rings; whoever wants none has so long to say so."""

APART = 60
LATER = {
    "sqlite": (
        "strftime('%Y-%m-%dT%H:%M:%S', 'now', '+' || ({seconds}) || ' seconds') || '.000000+00:00'"
    ),
    "postgresql": "CURRENT_TIMESTAMP + ({seconds}) * INTERVAL '1 second'",
}
PATIENT = "('archive', 'lead', 'snooze', 'stale', 'summary', 'task', 'tasks_left', 'update')"
INDEXES = {
    "ix_alert_timers_due": f"(kind NOT IN {PATIENT})",
    "ix_alert_timers_patient": f"kind IN {PATIENT}",
}


def upgrade() -> None:
    op.drop_index("ix_alert_timers_due", "alert_timers")
    for name, which in INDEXES.items():
        where = sa.text(which)
        columns = ["due_at", "subject_id"]
        op.create_index(name, "alert_timers", columns, sqlite_where=where, postgresql_where=where)
    _waits("lead", f"{GOING_ON} AND assignee_id IS NULL", WATCHED, HOUR)
    _waits("update", f"{GOING_ON} AND assignee_id IS NOT NULL", WATCHED, HOUR)
    _waits("stale", GOING_ON, "'stale'", HOUR + APART // 2)
    _waits("archive", "channel_id IS NOT NULL AND archived_at IS NULL", "'archive'", DAY)
    _waits("tasks_left", HAS_TASKS, "'tasks_left'", DAY + APART // 2)
    op.execute(
        "UPDATE incidents SET status_id = 'status_merged'"
        " WHERE merged_into IS NOT NULL AND status_id IS NULL"
    )


def _waits(kind: str, which: str, instead: str, first: int) -> None:
    """For incidents that wait for nothing of the kinds `instead`."""
    seconds = f"{first} + {APART} * ROW_NUMBER() OVER (ORDER BY created_at DESC, id)"
    due_at = LATER[op.get_bind().dialect.name].format(seconds=seconds)
    op.execute(
        "INSERT INTO alert_timers (organization_id, kind, subject_id, due_at)"  # noqa: S608
        f" SELECT organization_id, '{kind}', id, {due_at} FROM incidents"
        f" WHERE {which} AND deleted_at IS NULL AND NOT EXISTS (SELECT 1 FROM alert_timers AS known"
        " WHERE known.organization_id = incidents.organization_id"
        f" AND known.subject_id = incidents.id AND known.kind IN ({instead}))"
    )
