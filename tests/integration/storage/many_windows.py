"""A PostgreSQL with years of maintenance behind it, so that its planner has something to weigh."""

import asyncio

import asyncpg

from storage.migrating import migrate

_OURS = "'org_1', 'org_1', 'Ours', now()"
_WINDOW = """
INSERT INTO maintenances (id, organization_id, number, title, description, scheduled_start_at,
    scheduled_end_at, actual_start_at, actual_end_at, audience, created_at, updated_at,
    created_by_name, version, armed_at, next_at, series_id)
SELECT 'mnt_{kind}' || n, 'org_1', {first} + n, 'Upgrade', '', {start}, {start} + interval '1 hour',
    {started}, {ended}, '[]', {start}, {start}, '', 1, now(), {next_at}, 'mnt_series' || n % 50
FROM generate_series(1, {count}) AS n
"""
_PAST, _FUTURE = "now() - n * interval '1 hour'", "now() + n * interval '1 hour'"
_ALERT = """
INSERT INTO alerts (id, organization_id, integration_id, fingerprint, starts_at, name, severity,
    summary, description, labels, links, ends_at, incident_id, suppressed_by)
SELECT 'alr_{kind}' || n, 'org_1', 'int_1', '{kind}' || n, now() - n * interval '1 minute', 'Slow',
    'high', '', '', '{{}}', '{{}}', {ends_at}, {incident}, {window}
FROM generate_series(1, {count}) AS n
"""
_ONE_EACH = """
INSERT INTO services SELECT 'svc_' || n, 'org_1', 'service ' || n, 'service ' || n, '', now(), 1
    FROM generate_series(0, 199) AS n;
INSERT INTO integrations VALUES
    ('int_1', 'org_1', 'alertmanager', 'prod', 'hash', now(), NULL, true, 1);
INSERT INTO incidents (id, organization_id, number, title, severity, created_at, updated_at, source,
    state, phase, description, severity_word, created_by_name, channel_name, version)
SELECT 'inc_' || n, 'org_1', n, 'Slow', 'high', now(), now(), 'rest', 'open', 'investigating', '',
    '', '', '', 1 FROM generate_series(1, 500) AS n
"""
_BESIDE = """
INSERT INTO maintenance_services SELECT id, 'svc_' || number % 200, 'org_1', 0
    FROM maintenances;
INSERT INTO timeline (id, organization_id, maintenance_id, at, kind, body)
SELECT 'ent_' || id || k, 'org_1', id, now(), 'ProgressPosted', '{}'
FROM maintenances, generate_series(1, 3) AS k;
INSERT INTO webhook_deliveries (id, organization_id, endpoint_id, entry_id, event_type, state,
    reason, attempts, created_at)
SELECT 'whd_' || n, 'org_1', 'whk_' || n % 3, 'ent_' || n, 'maintenance.started', 'delivered', '',
    1, now() + n * interval '1 minute' FROM generate_series(1, 9000) AS n
"""


async def grow(url: str) -> None:
    await migrate(url)
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        for statement in (
            f"INSERT INTO organizations (id, slug, name, created_at) VALUES ({_OURS})",
            _ONE_EACH,
            *_windows(),
            *_alerts(),
            _BESIDE,
        ):
            await connection.execute(statement)
        await connection.execute("ANALYZE")
    finally:
        await connection.close()


def grown(url: str) -> str:
    asyncio.run(grow(url))
    return url


def _windows() -> list[str]:
    """Over, in progress, and ahead."""
    over = {"started": _PAST, "ended": f"{_PAST} + interval '1 hour'", "next_at": "NULL"}
    runs = {"started": _PAST, "ended": "NULL", "next_at": f"{_PAST} + interval '1 hour'"}
    ahead = {"started": "NULL", "ended": "NULL", "next_at": _FUTURE}
    return [
        _WINDOW.format(kind="over", first=0, count=8000, start=_PAST, **over),
        _WINDOW.format(kind="runs", first=10_000, count=30, start=_PAST, **runs),
        _WINDOW.format(kind="ahead", first=20_000, count=500, start=_FUTURE, **ahead),
    ]


def _alerts() -> list[str]:
    """Of incidents, on their own, ended in a window, raised after one, and held in one."""
    incident, window = "'inc_' || 1 + n % 500", "'mnt_over' || 1 + n % 400"
    own = {"incident": "NULL", "window": "NULL"}
    return [
        _ALERT.format(kind="a", count=9000, ends_at="now()", incident=incident, window="NULL"),
        _ALERT.format(kind="b", count=2000, ends_at="NULL", **own),
        _ALERT.format(kind="c", count=4000, ends_at="now()", incident="NULL", window=window),
        _ALERT.format(kind="d", count=1000, ends_at="NULL", incident=incident, window=window),
        _ALERT.format(kind="e", count=40, ends_at="NULL", incident="NULL", window=window),
    ]
