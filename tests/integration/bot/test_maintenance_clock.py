"""Windows start and end by themselves in a real process, also when it was not there at the time."""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.integration.bot.conftest import Called
from tests.integration.bot.program import Program, Started
from tests.integration.bot.test_serving import ask, until

MAINTENANCES = "/api/v1/maintenances"
STARTED_AND_COMPLETED = ("maintenance.started", "maintenance.completed")
ON_BOTH = pytest.mark.parametrize("house", ["sqlite", "postgresql"], indirect=True)
pytestmark = pytest.mark.timeout(300)  # several processes start in each, one after the other
SECRET = "a-secret-of-some-length"


@dataclass(frozen=True, slots=True)
class House:
    """One database, and the process that comes and goes."""

    program: Program
    variables: dict[str, str]
    key: str

    @contextmanager
    def open(self) -> Iterator["Open"]:
        with self.program.started("serve", "--json", **self.variables) as started:
            yield Open(started, started.first_object()["url"], self.key)


@dataclass(frozen=True, slots=True)
class Open:
    started: Started
    url: str
    key: str

    def schedule(self, start: datetime, length: timedelta, **more: Any) -> str:
        wish = {
            "title": "Database upgrade",
            "scheduled_start_at": start.isoformat(),
            "scheduled_end_at": (start + length).isoformat(),
            **more,
        }
        return str(self._said("POST", "", wish)["id"])

    def move(self, id: str, start: datetime, length: timedelta) -> None:
        wish = {
            "scheduled_start_at": start.isoformat(),
            "scheduled_end_at": (start + length).isoformat(),
        }
        self._said("PATCH", f"/{id}", wish)

    def cancel(self, id: str) -> None:
        self._said("POST", f"/{id}/cancel")

    def window(self, id: str) -> dict[str, Any]:
        return self._said("GET", f"/{id}")

    def state(self, id: str) -> str:
        return str(self.window(id)["state"])

    def history(self, id: str) -> list[str]:
        """What happened to it, oldest first."""
        return [entry["type"] for entry in self._said("GET", f"/{id}/timeline")["data"]]

    def kill(self) -> None:
        self.started.stop(signal.SIGKILL)

    def _said(self, method: str, path: str, body: object = None) -> dict[str, Any]:
        status, answer = ask(self.url, method, MAINTENANCES + path, body, key=self.key)
        assert status in (200, 201), answer
        return answer


@pytest.fixture
def house(tocsin: Program, called: Called, request: pytest.FixtureRequest) -> House:
    """On SQLite, unless the test says otherwise."""
    variables: dict[str, str] = {}
    if getattr(request, "param", "sqlite") == "postgresql":
        url = request.getfixturevalue("postgres_url")
        variables = {"TOCSIN_DATABASE_URL": url, "TOCSIN_SECRET_KEY": SECRET}
        called.run("migrate", **variables)
    scope = "maintenances:write"
    made = called.run("keys", "create", "x", "--scope", scope, "--json", **variables)
    return House(tocsin, variables, str(made.object["api_key"]))


def soon(seconds: float = 1.0) -> datetime:
    return datetime.now(UTC) + timedelta(seconds=seconds)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def wait_for(at: datetime) -> None:
    time.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))


def test_check_62_it_starts_and_ends_with_no_request_and_a_canceled_one_never_starts(
    house: House,
) -> None:
    with house.open() as there:
        id = there.schedule(soon(1.5), timedelta(seconds=1))
        canceled = there.schedule(soon(1.5), timedelta(hours=1))
        there.cancel(canceled)
        until(lambda: there.state(id) == "completed")

        window, never = there.window(id), there.window(canceled)

    began, ended = moment(window["actual_start_at"]), moment(window["actual_end_at"])
    assert moment(window["scheduled_start_at"]) <= began < ended
    assert moment(window["scheduled_end_at"]) <= ended
    assert moment(never["scheduled_start_at"]) < ended
    assert (never["state"], never["actual_start_at"]) == ("canceled", None)


@ON_BOTH
def test_check_63_a_process_that_dies_loses_no_start_and_what_passed_is_made_up_for_once(
    house: House,
) -> None:
    with house.open() as there:
        start = soon(2)
        passed = there.schedule(start, timedelta(seconds=1))
        late = there.schedule(start, timedelta(hours=1))
        there.kill()
    wait_for(start + timedelta(seconds=1))

    for _ in range(2):
        with house.open() as there:
            until(lambda: there.state(late) == "in_progress")
            until(lambda: there.state(passed) == "completed")
            running, over, history = there.window(late), there.window(passed), there.history(passed)

    assert moment(running["actual_start_at"]) >= moment(running["scheduled_start_at"])
    assert moment(over["actual_start_at"]) >= moment(over["scheduled_end_at"])
    assert over["actual_end_at"] >= over["actual_start_at"]
    assert [history.count(kind) for kind in STARTED_AND_COMPLETED] == [1, 1]


def test_check_64_the_timer_follows_a_window_that_is_moved(house: House) -> None:
    with house.open() as there:
        earlier = there.schedule(soon(3_600), timedelta(hours=1))
        later = there.schedule(soon(2), timedelta(hours=1))
        there.move(later, soon(3_600), timedelta(hours=1))
        there.move(earlier, soon(1), timedelta(hours=1))

        until(lambda: there.state(earlier) == "in_progress")
        other = there.schedule(soon(2), timedelta(hours=1))
        until(lambda: there.state(other) == "in_progress")
        state = there.state(later)

    assert state == "scheduled"
