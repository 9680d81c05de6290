"""The demo's sample data: there after every start, whatever happened to it before."""

import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any

import orjson
import pytest

from bot.credentials import hash_of
from bot.demo_data import (
    CREDENTIALS_FILE,
    PEOPLE,
    SERVICES,
    SOURCE,
    Credentials,
    furnish,
    remembered_credentials,
)
from bot.demo_past import PAST
from bot.demo_windows import SOON, WEEKLY, plan_windows
from bot.demo_words import Places, ready
from bot.office import Office
from bot.passwords import password_fits
from bot.private_files import UnusableFolder, is_private
from core.commands import DeleteIncident
from core.domain.account import Role
from core.domain.actor import Permission
from core.domain.article import Article
from core.domain.ids import IncidentId, OrganizationId
from core.domain.maintenance import Maintenance
from core.domain.procedure import Procedure
from core.domain.state import State
from core.ports import AgendaQuery, RecordQuery
from core.scopes import granted
from core.views import IncidentQuery
from tests.fakes.moment import FakeClock
from tests.fakes.office import office_over
from tests.fakes.store import FakeStore

PLACES = Places(
    sandbox_url="http://127.0.0.1:8001",
    api_url="http://127.0.0.1:8000",
    folder=Path("/somewhere/data of mine/demo"),
)


@pytest.fixture
async def office(clock: FakeClock) -> Office:
    store = FakeStore(clock=clock)
    organization = await store.directory.ensure_organization("default", "Default")
    return office_over(store, organization.id, clock)


@pytest.fixture
def credentials(tmp_path: Path) -> Credentials:
    return remembered_credentials(tmp_path)


async def ahead(office: Office) -> list[Maintenance]:
    now = office.clock()
    query = AgendaQuery(since=now, until=now + timedelta(days=14), completed=False)
    rows = await office.reads.agenda(office.organization_id, query)
    return [row.maintenance for row in rows]


async def furnished(office: Office, credentials: Credentials) -> None:
    """As every start of the demo does it."""
    await furnish(office, credentials)
    await plan_windows(office, credentials.email)


async def written_down(office: Office) -> int:
    """How many procedures and articles there are."""
    id, everything = office.organization_id, RecordQuery()
    procedures = await office.reads.records(id, Procedure, everything)
    return procedures.total + (await office.reads.records(id, Article, everything)).total


async def contents(office: Office) -> tuple[int, int, int]:
    id: OrganizationId = office.organization_id
    reads = office.reads
    return len(await reads.users(id)), len(await reads.services(id)), len(await reads.api_keys(id))


def test_credentials_are_the_same_at_every_start_and_private(tmp_path: Path) -> None:
    first = remembered_credentials(tmp_path)

    assert remembered_credentials(tmp_path) == first
    assert is_private(tmp_path / CREDENTIALS_FILE)


@pytest.mark.parametrize("text", ["not json", "[]", '{"email": "x"}'])
def test_a_spoilt_file_is_named_with_the_mend(tmp_path: Path, text: str) -> None:
    (tmp_path / CREDENTIALS_FILE).write_text(text)

    with pytest.raises(UnusableFolder, match="remove it and start again"):
        remembered_credentials(tmp_path)


async def test_an_empty_database_is_furnished(office: Office, credentials: Credentials) -> None:
    await furnish(office, credentials)

    assert await contents(office) == (len(PEOPLE), len(SERVICES), 1)
    alice = await office.directory.user_with_email(office.organization_id, "alice@example.com")
    assert alice is not None
    assert alice.role is Role.ADMIN
    assert await password_fits(credentials.password, alice.password_hash or "")
    assert await office.directory.api_key(hash_of(credentials.api_key))


async def test_what_the_people_have_been_through_is_remembered_with_what_fixed_it(
    office: Office, credentials: Credentials
) -> None:
    await furnish(office, credentials)

    page = await office.reads.incidents(office.organization_id, IncidentQuery())
    titles = [row.title for row in page.rows]
    assert titles == [past.title for past in reversed(PAST)]
    assert all(row.resolution and row.root_cause and row.assignee_name for row in page.rows)
    assert all(row.state is State.RESOLVED and row.resolved_at for row in page.rows)
    assert await written_down(office) == 3


async def test_what_was_deleted_of_the_past_does_not_come_back(
    office: Office, credentials: Credentials
) -> None:
    await furnish(office, credentials)
    for past in PAST:
        id = IncidentId(past.id)
        await office.bus.execute(DeleteIncident(caller=office.caller, incident_id=id))

    await furnish(office, credentials)

    page = await office.reads.incidents(office.organization_id, IncidentQuery())
    assert (page.total, await written_down(office)) == (0, 3)


async def test_a_window_comes_soon_and_another_one_every_week(
    office: Office, credentials: Credentials
) -> None:
    await furnished(office, credentials)

    soon, weekly = await ahead(office)
    assert (soon.title, weekly.title) == (SOON, WEEKLY)
    assert (soon.recurrence, weekly.recurrence) == ("", "FREQ=WEEKLY")
    assert timedelta(hours=1) < soon.scheduled_start_at - office.clock() <= timedelta(hours=2)
    assert soon.scheduled_start_at.minute in (0, 30)


async def test_a_later_start_finds_a_new_window_ahead_and_the_old_series(
    office: Office, credentials: Credentials, clock: FakeClock
) -> None:
    await furnished(office, credentials)
    before = await ahead(office)
    clock.advance(days=1)

    await furnished(office, credentials)

    after = await ahead(office)
    assert [window.title for window in after] == [SOON, WEEKLY]
    assert [old == new for old, new in zip(before, after, strict=True)] == [False, True]


async def test_the_key_of_the_demo_may_set_up_alert_sources_and_their_rules(
    office: Office, credentials: Credentials
) -> None:
    await furnish(office, credentials)

    found = await office.directory.api_key(hash_of(credentials.api_key))
    assert found
    assert {Permission.READ_INTEGRATIONS, Permission.WRITE_INTEGRATIONS} <= granted(found[1].scopes)


async def test_alerts_of_the_demo_belong_to_checkout(
    office: Office, credentials: Credentials
) -> None:
    await furnish(office, credentials)

    found = await office.directory.integration(hash_of(credentials.alert_token))
    checkout = next(
        service
        for service in await office.reads.services(office.organization_id)
        if service.name == "checkout"
    )
    assert found is not None
    assert (found[1].source, found[1].service_id) == (SOURCE, checkout.id)


async def test_a_second_start_adds_nothing(office: Office, credentials: Credentials) -> None:
    await furnish(office, credentials)
    before = await contents(office)

    await furnish(office, credentials)

    assert await contents(office) == before


async def test_forgotten_credentials_are_replaced_by_ones_that_work(
    office: Office, credentials: Credentials, tmp_path: Path
) -> None:
    await furnish(office, credentials)
    (tmp_path / CREDENTIALS_FILE).unlink()
    fresh = remembered_credentials(tmp_path)

    await furnish(office, fresh)

    alice = await office.directory.user_with_email(office.organization_id, fresh.email)
    assert alice is not None
    assert await password_fits(fresh.password, alice.password_hash or "")
    assert await office.directory.api_key(hash_of(fresh.api_key))


def test_what_is_printed_for_programs_has_the_promised_names(credentials: Credentials) -> None:
    told = ready(PLACES, credentials).object

    assert told == {
        "data_dir": str(PLACES.folder),
        "sandbox_url": "http://127.0.0.1:8001",
        "api_url": "http://127.0.0.1:8000",
        "email": "alice@example.com",
        "password": credentials.password,
        "api_key": credentials.api_key,
        "alert_url": "http://127.0.0.1:8000/webhooks/alertmanager",
        "alert_token": credentials.alert_token,
    }


def test_the_command_line_is_told_where_the_data_of_the_demo_is(credentials: Credentials) -> None:
    told = ready(PLACES, credentials)

    assert told.object["data_dir"] == str(PLACES.folder)
    assert f"export TOCSIN_DATA_DIR='{PLACES.folder}'" in told.words


def test_what_is_printed_for_people_can_be_pasted(credentials: Credentials, tmp_path: Path) -> None:
    words = ready(PLACES, credentials).words
    commands = words[words.index("curl ") : words.index("Ctrl-C")]
    alerts = [paste(text, tmp_path) for text in commands.split("and let it end:")]

    assert [alert["status"] for alert in alerts] == ["firing", "resolved"]
    assert alerts[0]["groupKey"] == alerts[1]["groupKey"]
    assert alerts[0]["alerts"][0]["endsAt"].startswith("0001")
    assert alerts[1]["alerts"][0]["endsAt"] == alerts[1]["alerts"][0]["startsAt"]


def paste(command: str, folder: Path) -> dict[str, Any]:
    """What a shell would hand to curl as the body."""
    curl = folder / "curl"
    curl.write_text('#!/bin/sh\nfor last; do :; done\nprintf %s "$last"\n')
    curl.chmod(0o755)
    environment = {"PATH": f"{folder}:/usr/bin:/bin"}
    done = subprocess.run(
        ["/bin/sh", "-c", command], env=environment, capture_output=True, check=True
    )
    body: dict[str, Any] = orjson.loads(done.stdout)
    return body
