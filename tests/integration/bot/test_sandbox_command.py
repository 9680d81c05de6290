"""`tocsin sandbox`: a workspace alone, for any app, that says where it is and ends cleanly."""

import json
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.demo_tour import TOUR
from tests.integration.bot.conftest import Called
from tests.integration.bot.program import ROOT, Program, Started, environment
from tests.integration.bot.test_serving import ask, until

HELLO = ROOT / "docs" / "sandbox"
MANIFEST = """\
display_information:
  name: Hello
features:
  bot_user:
    display_name: hello
  slash_commands:
    - command: /hello
      description: Says hello
oauth_config:
  scopes:
    bot: [chat:write, commands]
settings:
  interactivity:
    is_enabled: true
"""


@pytest.fixture
def manifest(tmp_path: Path) -> str:
    (tmp_path / "app.yml").write_text(MANIFEST)
    return "app.yml"


def who_am_i(told: dict[str, Any], token: str) -> dict[str, Any]:
    return ask(told["page_url"], "POST", "/api/auth.test", key=token)[1]


def lines_until(started: Started, last: str) -> str:
    assert started.process.stdout is not None
    told = ""
    for line in started.process.stdout:
        told += line
        if line.startswith(last):
            break
    return told


def test_it_serves_the_manifest_of_any_app_until_it_is_told_to_stop(
    tocsin: Program, manifest: str
) -> None:
    with tocsin.started("sandbox", "--json", "--manifest", manifest) as started:
        told = started.first_object()
        known = who_am_i(told, told["environment"]["SLACK_BOT_TOKEN"])
        stranger = who_am_i(told, "xoxb-1")
        code = started.stop(signal.SIGTERM)

    assert told["app"] == "Hello"
    assert told["transport"] == "socket_mode"
    assert told["environment"]["SLACK_API_URL"] == told["api_url"] == told["page_url"] + "/api/"
    assert known["user"] == "hello"
    assert stranger["error"] == "invalid_auth"
    assert code == 0


def test_an_app_that_is_given_what_it_prints_answers_a_command(tocsin: Program) -> None:
    manifest = str(HELLO / "app.yml")
    command = {"user": "alice", "channel": "#general", "text": "/hello Ada"}

    with tocsin.started("sandbox", "--json", "--manifest", manifest) as started:
        told = started.first_object()
        app = subprocess.Popen(
            [sys.executable, str(HELLO / "hello.py")], env=environment(told["environment"])
        )
        try:
            until(lambda: ask(told["page_url"], "GET", "/_sandbox/transport")[1]["sockets"])
            _, answered = ask(told["page_url"], "POST", "/_sandbox/act/command", command)
            until(lambda: ask(told["page_url"], "GET", "/_sandbox/views?user=alice")[1]["stack"])
        finally:
            app.kill()
            app.wait()
        code = started.stop(signal.SIGTERM)

    assert answered["ok"]
    assert code == 0


def test_without_a_manifest_it_is_tocsins_own_with_time_and_limits_as_asked(
    tocsin: Program,
) -> None:
    words = ("--clock", "virtual", "--rate-limits", "harsh", "--app-url", "http://127.0.0.1:9")

    with tocsin.started("sandbox", "--json", *words) as started:
        told = started.first_object()
        _, state = ask(told["page_url"], "GET", "/_sandbox/state")
        _, tour = ask(told["page_url"], "GET", "/_sandbox/tour")

    assert tour["steps"][0]["title"] == TOUR[0].title
    assert (told["app"], told["transport"]) == ("Tocsin", "http")
    assert {"SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"} <= told["environment"].keys()
    assert not {"SLACK_APP_TOKEN", "SLACK_CLIENT_ID"} & told["environment"].keys()
    assert told["rarely_needed"].keys() == {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"}
    assert (state["clock"]["mode"], state["rate_limits"]) == ("virtual", "harsh")


def test_people_are_told_where_the_page_is_and_what_to_export(
    tocsin: Program, manifest: str
) -> None:
    with tocsin.started("sandbox", "--manifest", manifest) as started:
        told = lines_until(started, "Ctrl-C")
        code = started.stop(signal.SIGINT)

    assert "The sandbox is ready for Hello." in told
    assert "Page       http://127.0.0.1:" in told
    assert "export SLACK_API_URL=http://127.0.0.1:" in told
    assert "export SLACK_BOT_TOKEN=xoxb-" in told
    assert "export SLACK_APP_TOKEN=xapp-" in told
    assert code == 0


def test_secrets_of_the_environment_are_used_and_never_shown(
    tocsin: Program, manifest: str
) -> None:
    secrets = {
        "SLACK_BOT_TOKEN": "xoxb-1-2-hunter2",
        "SLACK_APP_TOKEN": "xapp-1-A0-1-hunter2",
        "SANDBOX_CONTROL_SECRET": "hunter2",
    }

    with tocsin.started("sandbox", "--json", "--manifest", manifest, **secrets) as started:
        told = started.first_object()
        known = who_am_i(told, "xoxb-1-2-hunter2")
        closed, _ = ask(told["page_url"], "GET", "/_sandbox/state")
        opened, _ = ask(told["page_url"], "GET", "/_sandbox/state?secret=hunter2")

    assert known["ok"]
    assert (closed, opened) == (401, 200)
    assert "hunter2" not in json.dumps(told)


def test_the_workspace_is_found_again_in_its_file(tocsin: Program, manifest: str) -> None:
    words = ("sandbox", "--json", "--manifest", manifest, "--data", "kept/workspace.json")
    made = {"user": "alice", "name": "kitchen"}

    with tocsin.started(*words) as started:
        told = started.first_object()
        ask(told["page_url"], "POST", "/_sandbox/act/create_channel", made)
        started.stop()
    with tocsin.started(*words) as started:
        told = started.first_object()
        _, state = ask(told["page_url"], "GET", "/_sandbox/state")

    assert "kitchen" in [channel["name"] for channel in state["channels"]]


def test_a_taken_port_is_a_sentence_that_names_the_option(called: Called) -> None:
    (called.folder / "app.yml").write_text(MANIFEST)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        refused = called.run("sandbox", "--manifest", "app.yml", "--port", port, "--json")

    assert refused.code == 2
    assert f"port {port}, because another program listens there already" in refused.err
    assert "--port" in refused.object["error"]["message"]


@pytest.mark.parametrize(
    ("manifest", "words", "says"),
    [
        ("[1, 2]", "", "is not a mapping"),
        ("features: {}", "", "display_information"),
        (MANIFEST + "  socket_mode_enabled: true\n", "--app-url http://127.0.0.1:9", "Socket Mode"),
        (MANIFEST, "--data .", "--data"),
        (MANIFEST, "--data app.yml", "Remove the file"),
        (MANIFEST, "--refresh 3", "--refresh"),
    ],
    ids=["no mapping", "no name", "both transports", "a folder", "a foreign file", "no lifetime"],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    called: Called, manifest: str, words: str, says: str
) -> None:
    (called.folder / "app.yml").write_text(manifest)

    refused = called.run("sandbox", "--manifest", "app.yml", "--port", "0", *words.split())

    assert refused.code == 2
    assert says in refused.err
    assert refused.err.count("\n") == 1


def test_a_token_of_the_wrong_kind_is_refused_without_being_shown(called: Called) -> None:
    refused = called.run("sandbox", "--port", "0", SLACK_BOT_TOKEN="xoxb")

    assert refused.code == 2
    assert "SLACK_BOT_TOKEN" in refused.err
