"""`tocsin demo`: an alert rings, the sandbox shows it, and the next start finds it again."""

import signal
import socket
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from bot.demo_past import PAST
from bot.demo_windows import SOON, WEEKLY
from tests.integration.bot.conftest import Called
from tests.integration.bot.program import Program
from tests.integration.bot.test_serving import FIRING, ask, until

PROMISED = {
    "sandbox_url", "api_url", "email", "password", "api_key", "alert_url", "alert_token",
    "data_dir",
}  # fmt: skip


def state_of(demo: dict[str, Any]) -> dict[str, Any]:
    return ask(demo["sandbox_url"], "GET", "/_sandbox/state")[1]


def rooms(demo: dict[str, Any]) -> list[str]:
    return [channel["name"] for channel in state_of(demo)["channels"]]


def incidents(demo: dict[str, Any]) -> list[str]:
    _, page = ask(demo["api_url"], "GET", "/api/v1/incidents", key=demo["api_key"])
    return [incident["title"] for incident in page["data"]]


def cards(demo: dict[str, Any], name: str) -> int:
    """How many messages are pinned in a channel."""
    return sum(len(room["pins"]) for room in state_of(demo)["channels"] if room["name"] == name)


def announced(demo: dict[str, Any], title: str) -> int:
    """How many messages in the announcement channel have it in their text."""
    (room,) = [room for room in state_of(demo)["channels"] if room["name"] == "incidents"]
    path = f"/_sandbox/messages?channel={room['id']}"
    _, page = ask(demo["sandbox_url"], "GET", path)
    return sum(title in message["text"] for message in page["messages"])


def files(folder: Path) -> dict[str, int]:
    """What lies there and when it was last written, but for what a running demo writes itself."""
    own = ("tocsin.db", "sandbox.json")
    kept = [path for path in folder.iterdir() if not path.name.startswith(own)]
    return {path.name: path.stat().st_mtime_ns for path in kept}


def test_an_alert_becomes_an_incident_in_the_sandbox_and_both_are_found_again(
    tocsin: Program,
) -> None:
    with tocsin.started("demo", "--json", "--data", "here") as started:
        first = started.first_object()
        path = urlsplit(first["alert_url"]).path
        accepted, _ = ask(first["api_url"], "POST", path, FIRING, first["alert_token"])
        until(lambda: any(name.startswith("inc-") for name in rooms(first)))
        (room,) = [name for name in rooms(first) if name.startswith("inc-")]
        until(lambda: cards(first, room) == 1)
        first_code = started.stop(signal.SIGINT)

    with tocsin.started("demo", "--json", "--data", "here") as started:
        second = started.first_object()
        found, shown = incidents(second), rooms(second)
        second_code = started.stop(signal.SIGTERM)

    assert first.keys() == PROMISED
    assert (accepted, first_code, second_code) == (202, 0, 0)
    assert {name: second[name] for name in ("email", "password", "api_key", "alert_token")} == {
        name: first[name] for name in ("email", "password", "api_key", "alert_token")
    }
    assert found == ["Checkout is slow", *(past.title for past in reversed(PAST))]
    assert room in shown
    assert (tocsin.folder / "here/tocsin.db").exists()
    assert not (tocsin.folder / "data").exists()


def test_both_windows_have_their_card_at_once_and_no_second_one_at_the_next_start(
    tocsin: Program,
) -> None:
    with tocsin.started("demo", "--json", "--data", "here") as started:
        first = started.first_object()
        until(lambda: announced(first, SOON) == announced(first, WEEKLY) == 1)
        started.stop(signal.SIGINT)

    with tocsin.started("demo", "--json", "--data", "here") as started:
        second = started.first_object()
        windows = ask(second["api_url"], "GET", "/api/v1/maintenances", key=second["api_key"])
        shown = [announced(second, SOON), announced(second, WEEKLY)]
        started.stop(signal.SIGINT)

    assert len(windows[1]["data"]) == 2
    assert shown == [1, 1]


def test_a_second_demo_on_the_same_folder_is_refused_and_spoils_nothing(tocsin: Program) -> None:
    with tocsin.started("demo", "--json", "--data", "here") as started:
        demo = started.first_object()
        before = files(tocsin.folder / "here")

        refused = tocsin.run(
            "demo", "--data", "here", TOCSIN_PORT="0", TOCSIN_SANDBOX_PORT="0"
        )  # fmt: skip

        assert files(tocsin.folder / "here") == before
        assert rooms(demo)
        code = started.stop(signal.SIGINT)

    assert (refused.code, code) == (1, 0)
    assert "let --data name another folder" in refused.err
    assert refused.err.count("\n") == 1


def test_people_are_told_everything_they_need(tocsin: Program) -> None:
    with tocsin.started("demo") as started:
        assert started.process.stdout is not None
        told = ""
        for line in started.process.stdout:
            told += line
            if line.startswith("Ctrl-C"):
                break
        code = started.stop(signal.SIGINT)

    assert code == 0
    assert "Tocsin is ready." in told
    assert told.count("curl http://127.0.0.1:") == 2
    assert "alice@example.com" in told
    assert (tocsin.folder / "data/demo/demo.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("setting", ["TOCSIN_PORT", "TOCSIN_SANDBOX_PORT"])
def test_a_taken_port_is_a_sentence_that_names_the_setting(called: Called, setting: str) -> None:
    ports = {"TOCSIN_PORT": "0", "TOCSIN_SANDBOX_PORT": "0"}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        refused = called.run("demo", **ports | {setting: str(taken.getsockname()[1])})

    assert refused.code == 2
    assert refused.err.count("\n") == 1
    assert setting in refused.err


def test_a_spoilt_workspace_names_its_file(called: Called) -> None:
    (called.folder / "here").mkdir()
    (called.folder / "here/sandbox.json").write_text("{}")

    refused = called.run("demo", "--data", "here", TOCSIN_PORT="0", TOCSIN_SANDBOX_PORT="0")

    assert refused.code == 2
    assert "sandbox.json" in refused.err
    assert "Traceback" not in refused.err
