"""The command line from outside: what it prints, what it answers to programs, its exit codes."""

import re
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.integration.bot.conftest import Called
from tests.integration.bot.program import Outcome, Program

COMMANDS = [
    "serve", "demo", "migrate", "reindex", "doctor", "keys create", "keys list", "keys revoke",
    "users create", "users reset-password", "users list", "users change", "plans show",
    "plans set", "services add", "services list", "services depend",
    "rules list", "rules add", "rules move", "rules delete", "rules try",
    "silences list", "silences add", "silences end",
    "integrations create", "calendar create", "calendar revoke", "outbox list", "outbox replay",
    "fixtures load", "export", "import",
]  # fmt: skip

BURIED = """
    INSERT INTO outbox
        (organization_id, lane, kind, body, due_at, attempts, doubtful, buried_at, reason)
    VALUES
        (:organization, :lane, 'RefreshCard', json_object('incident_id', :lane),
         '2026-11-20T12:00:00.000000+00:00', 12, 1, '2026-11-20T12:00:00.000000+00:00', 'No.')
"""


@pytest.mark.parametrize("command", COMMANDS)
def test_help_shows_an_example(called: Called, command: str) -> None:
    helped = called.run(*command.split(), "--help")

    assert helped.code == 0, helped.err
    assert f"example:\n  tocsin {command}" in helped.out
    assert "--json" in helped.out
    assert "--organization" in helped.out


def test_a_key_is_made_listed_and_revoked(called: Called) -> None:
    made = called.run(
        "keys", "create", "deploys", "--scope", "incidents:write", "--scope", "read:incidents",
        "--expires", "90d", "--json",
    )  # fmt: skip
    listed = called.run("keys", "list", "--json")
    revoked = called.run("keys", "revoke", made.object["id"], "--json")
    listed_again = called.run("keys", "list", "--json")

    assert made.object.keys() == {"id", "api_key", "scopes"}
    assert made.object["id"].startswith("key_")
    assert made.object["scopes"] == ["incidents:read", "incidents:write"]
    (key,) = listed.object["keys"]
    assert (key["name"], key["usable"]) == ("deploys", True)
    assert made.object["api_key"].startswith(key["prefix"])
    assert made.object["api_key"] not in listed.out
    assert revoked.object["id"] == made.object["id"]
    assert [key["usable"] for key in listed_again.object["keys"]] == [False]


@pytest.mark.parametrize(
    ("dialect", "form"),
    [
        ("overwatch", r"overwatch_ak_[0-9a-f]+"),
        ("observer", r"obs_pub_.+"),
        ("opsknight", r"ok_.+"),
        ("incident_io", r"tocsin_.+"),
    ],
)
def test_a_key_has_the_form_its_dialect_expects(called: Called, dialect: str, form: str) -> None:
    made = called.run(
        "keys", "create", "x", "--scope", "incidents:read", "--dialect", dialect, "--json"
    )

    assert re.fullmatch(form, made.object["api_key"])


def test_a_key_is_bound_to_networks(called: Called) -> None:
    called.run("keys", "create", "x", "--scope", "incidents:read", "--network", "192.0.2.7")
    wrong = called.run("keys", "create", "x", "--scope", "incidents:read", "--network", "here")

    (key,) = called.run("keys", "list", "--json").object["keys"]
    assert key["networks"] == ["192.0.2.7/32"]
    assert (wrong.code, "is not a network" in wrong.err) == (2, True)


def test_people_are_listed_and_changed(called: Called) -> None:
    called.run("users", "create", "ada@example.com", "--role", "owner")
    called.run("users", "create", "bob@example.com", "--name", "Bob Baker")

    changed = called.run(
        "users", "change", "bob@example.com", "--role", "manager", "--state", "suspended", "--json"
    )
    last = called.run("users", "change", "ada@example.com", "--role", "viewer")
    suspended = called.run("users", "list", "--state", "suspended", "--json")
    called.run("users", "change", "bob@example.com", "--state", "deleted")
    listed = called.run("users", "list", "--json")
    unknown = called.run("users", "change", "bob@example.com", "--role", "viewer")

    assert (changed.object["role"], changed.object["state"]) == ("manager", "suspended")
    assert (last.code, "last owner" in last.err) == (1, True)
    assert [user["email"] for user in suspended.object["users"]] == ["bob@example.com"]
    assert [user["email"] for user in listed.object["users"]] == ["ada@example.com"]
    assert (unknown.code, unknown.err.strip()) == (1, "There is no user bob@example.com.")


def test_an_organisation_gets_a_plan(called: Called) -> None:
    usual = called.run("plans", "show", "--json")
    given = called.run("plans", "set", "large", "--user", "2400", "--json")
    shown = called.run("plans", "show", "--json")
    wrong = called.run("plans", "set", "none", "--total", "0")

    assert (usual.object["name"], usual.object["requests_per_minute_user"]) == ("default", 1200)
    assert given.object == shown.object
    assert (shown.object["name"], shown.object["requests_per_minute_user"]) == ("large", 2400)
    assert shown.object["requests_per_minute_organization"] == 6000
    assert wrong.code == 2


def test_a_person_is_added_and_gets_another_password(called: Called) -> None:
    added = called.run("users", "create", "Ada@Example.com", "--role", "admin", "--json")
    again = called.run("users", "create", "ada@example.com", "--json")
    reset = called.run("users", "reset-password", "ada@example.com", "--json")

    assert (added.object["email"], added.object["role"]) == ("ada@example.com", "admin")
    assert len(added.object["password"]) >= 10
    assert again.code == 1
    assert "already" in again.object["error"]["message"]
    assert reset.object["password"] != added.object["password"]


def test_a_password_that_was_typed_is_not_repeated(tocsin: Program) -> None:
    added = tocsin.run(
        "users", "create", "ada@example.com", "--password-stdin", "--json", stdin="correct horse\n"
    )

    assert added.code == 0, added.err
    assert "correct horse" not in added.out + added.err
    assert b"correct horse" not in (tocsin.folder / "data/tocsin.db").read_bytes()


def test_a_password_that_is_too_short_is_wrong_usage(tocsin: Program) -> None:
    refused = tocsin.run("users", "create", "a@b.example", "--password-stdin", stdin="short\n")

    assert refused.code == 2
    assert "too short" in refused.err


def test_a_service_is_added_with_its_owner_and_given_to_an_alert_source(called: Called) -> None:
    owner = called.run("users", "create", "ada@example.com", "--json").object
    added = called.run("services", "add", "Checkout", "--owner", "ada@example.com", "--json")
    listed = called.run("services", "list", "--json")
    by_name = called.run(
        "integrations", "create", "alertmanager", "--service", "checkout", "--json"
    )
    by_id = called.run(
        "integrations", "create", "alertmanager", "--service", added.object["id"], "--json"
    )

    assert added.object == {"id": added.object["id"], "name": "Checkout"}
    assert listed.object["services"][0]["owner_ids"] == [owner["id"]]
    assert by_name.object.keys() == by_id.object.keys() == {"id", "url", "token"}
    assert by_name.object["url"] == "http://127.0.0.1:8000/webhooks/alertmanager"
    assert by_name.object["token"] != by_id.object["token"]


def test_the_url_of_an_alert_source_is_the_one_others_reach(called: Called) -> None:
    made = called.run(
        "integrations", "create", "alertmanager", "--json",
        TOCSIN_BASE_URL="https://tocsin.example.com/",
    )  # fmt: skip

    assert made.object["url"] == "https://tocsin.example.com/webhooks/alertmanager"


@pytest.mark.parametrize(
    ("source", "path", "how"),
    [
        ("pagerduty", "/pagerduty/v2/enqueue", "routing_key"),
        ("opsgenie", "/opsgenie", "GenieKey"),
        ("incident_io", "/v2/alert_events/http/", "Bearer"),
    ],
)
def test_a_source_with_a_door_of_its_own_says_where_and_how(
    called: Called, source: str, path: str, how: str
) -> None:
    made = called.run("integrations", "create", source)

    assert f"http://127.0.0.1:8000{path}" in made.out
    assert how in made.out


def test_without_json_a_person_is_told_in_words(called: Called) -> None:
    added = called.run("services", "add", "checkout")
    listed = called.run("services", "list")

    assert added.out.startswith("The service checkout is added; its id is svc_")
    assert listed.out.splitlines()[0].split() == ["ID", "NAME", "DESCRIPTION"]


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("integrations create alertmanager --service nowhere", "There is no service “nowhere”"),
        ("services add x --owner nobody@example.com", "There is no user nobody@example.com"),
        ("users reset-password nobody@example.com", "There is no user nobody@example.com"),
        ("keys revoke key_404", "key_404"),
        ("outbox replay 404", "404"),
        ("keys list --organization elsewhere", "There is no organisation elsewhere"),
        ("services add x --organization typo", "`tocsin migrate --organization typo` makes it"),
        ("users create a@b.example --organization typo", "There is no organisation typo"),
        ("integrations create alertmanager --organization typo", "There is no organisation typo"),
        ("keys create x --scope incidents:read --organization typo", "no organisation typo"),
    ],
)
def test_what_is_not_there_fails_with_1(called: Called, command: str, says: str) -> None:
    failed = called.run(*command.split(), "--json")

    assert failed.code == 1, failed.err
    assert says in failed.err
    assert failed.object["error"]["message"] == failed.err.strip()


@pytest.mark.parametrize(
    ("command", "says"),
    [
        ("", "COMMAND"),
        ("fly", "There is no command `tocsin fly`."),
        ("serv", "did you mean `tocsin serve`?"),
        ("keys lst", "did you mean `tocsin keys list`?"),
        ("keys", "COMMAND"),
        ("keys create x", "--scope"),
        ("keys create x --scope incidents:eat", "incidents:eat"),
        ("keys create x --scope incidents:read --expires soon", "soon"),
        ("keys create x --scope incidents:read --dialect esperanto", "esperanto"),
        ("users create ada", "ada"),
        ("users create a@b.example --role king", "king"),
        ("integrations create smoke-signals", "smoke-signals"),
        ("outbox replay forty-two", "“forty-two” is not the number of a parcel"),
        ("outbox replay", "--all"),
        ("outbox replay 42 --all", "not allowed with"),
        ("services add x --organization Big_Corp", "Big_Corp"),
        ("sandbox --port many", "“many” is not a port"),
        ("sandbox --app-url there", "“there” is not a URL such as http://127.0.0.1:3000"),
        ("sandbox --app-url http://127.0.0.1:3000/slack", "has a path"),
        ("sandbox --clock sundial", "sundial"),
        ("sandbox --rate-limits some", "some"),
        ("sandbox --manifest nowhere.yml", "nowhere.yml cannot be read"),
        ("export", "FILE"),
        ("import", "FILE"),
    ],
)
def test_wrong_usage_is_answered_with_2_and_says_what_is_wrong(
    called: Called, command: str, says: str
) -> None:
    wrong = called.run(*command.split(), "--json")

    assert wrong.code == 2
    assert says in wrong.err
    assert wrong.object["error"]["message"] == wrong.err.strip()
    assert not (called.folder / "data").exists()


@pytest.mark.parametrize(
    "variables",
    [
        {"TOCSIN_PORT": "eighty"},
        {"TOCSIN_LOG_LEVEL": "loud"},
        {"SLACK_APP_TOKEN": "xapp-hunter2"},
        {"SLACK_SIGNING_SECRET": "hunter2"},
        {"TOCSIN_SECRET_KEY": "hunter2"},
        {"TOCSIN_DATABASE_URL": "postgresql+asyncpg://u:hunter2@h:abc/db"},
    ],
    ids=lambda variables: next(iter(variables)),
)
@pytest.mark.parametrize("command", ["serve", "doctor", "keys list"])
def test_wrong_settings_are_answered_with_2_and_named(
    called: Called, command: str, variables: dict[str, str]
) -> None:
    wrong = called.run(*command.split(), **variables)

    assert wrong.code == 2
    assert next(iter(variables)) in wrong.err
    assert "Traceback" not in wrong.err
    assert "hunter2" not in wrong.err + wrong.out


def test_postgresql_without_a_secret_key_names_it(called: Called) -> None:
    wrong = called.run(
        "serve", TOCSIN_DATABASE_URL="postgresql+asyncpg://tocsin:hunter2@127.0.0.1:1/tocsin"
    )

    assert wrong.code == 2
    assert "TOCSIN_SECRET_KEY" in wrong.err
    assert "hunter2" not in wrong.err


def test_postgresql_out_of_reach_fails_with_a_sentence_without_its_password(
    tocsin: Program,
) -> None:
    failed = tocsin.run(
        "keys", "list", "--json",
        TOCSIN_DATABASE_URL="postgresql+asyncpg://tocsin:hunter2@127.0.0.1:1/tocsin",
        TOCSIN_SECRET_KEY="sixteen-or-more-characters",
    )  # fmt: skip

    assert failed.code == 1
    assert "Look at TOCSIN_DATABASE_URL." in failed.err
    assert "Traceback" not in failed.err
    assert "hunter2" not in failed.err + failed.out


def test_migrating_makes_the_default_organisation_and_a_second_time_does_nothing(
    called: Called,
) -> None:
    first = called.run("migrate", "--json")
    second = called.run("migrate", "--json")

    assert first.object == {"migrated": True, "organization": "default"}
    assert second.object == {"migrated": False, "organization": "default"}
    assert slugs(called.folder) == ["default"]


def test_organisations_are_kept_apart(called: Called) -> None:
    called.run("migrate", "--organization", "acme")
    called.run("services", "add", "checkout", "--organization", "acme")

    theirs = called.run("services", "list", "--organization", "acme", "--json")
    ours = called.run("services", "list", "--json")

    assert [service["name"] for service in theirs.object["services"]] == ["checkout"]
    assert ours.object["services"] == []


def test_a_mistyped_organisation_is_not_made(called: Called) -> None:
    called.run("services", "add", "checkout")

    called.run("services", "add", "checkout", "--organization", "defualt")

    assert slugs(called.folder) == ["default"]


def test_replaying_all_that_is_buried_says_how_many_that_were(called: Called) -> None:
    nothing = called.run("outbox", "replay", "--all", "--json")
    with closing(sqlite3.connect(called.folder / "data/tocsin.db")) as database, database:
        ((organization,),) = database.execute("SELECT id FROM organizations")
        for lane in ("inc_1", "inc_2"):
            database.execute(BURIED, {"organization": organization, "lane": lane})

    several = called.run("outbox", "replay", "--all")

    assert nothing.object == {"replayed": 0}
    assert several.out == "All 2 buried parcels are under way again.\n"
    assert called.run("outbox", "list", "--json").object == {"buried": []}


def test_nothing_is_buried_at_first(called: Called) -> None:
    assert called.run("outbox", "list", "--json").object == {"buried": []}
    assert called.run("outbox", "list").out == "Nothing is buried.\n"


def test_a_data_folder_that_cannot_be_written_is_2_and_names_the_setting(
    called: Called,
) -> None:
    (called.folder / "file").write_text("in the way")

    for command in (["serve"], ["keys", "list"], ["demo", "--data", "file/demo"]):
        refused = called.run(*command, TOCSIN_DATA_DIR="file/data")

        assert refused.code == 2, refused.err
        assert "TOCSIN_DATA_DIR" in refused.err
        assert "Traceback" not in refused.err


def test_the_doctor_says_a_line_for_each_thing_and_changes_nothing(called: Called) -> None:
    healthy = called.run("doctor", TOCSIN_PORT="0")

    assert healthy.code == 0, healthy.out
    assert {"settings", "database", "port"} <= {line.split()[1] for line in lines_of(healthy)}
    assert not (called.folder / "data").exists()


def test_the_doctor_says_who_makes_vectors_and_that_the_index_can_be_opened(
    called: Called,
) -> None:
    healthy = called.run("doctor", TOCSIN_PORT="0", TOCSIN_SEARCH="meaning")

    assert healthy.code == 0, healthy.out
    [line] = [line for line in lines_of(healthy) if "search index" in line]
    assert "MiniLM" in line
    assert "the index can be opened" in line
    assert not (called.folder / "data").exists()


def test_there_is_nothing_to_reindex_where_search_is_by_words(called: Called) -> None:
    refused = called.run("reindex", "--json")

    assert refused.code == 1
    assert "TOCSIN_SEARCH is words" in refused.err


def test_there_is_nothing_to_reindex_before_there_is_a_database(called: Called) -> None:
    refused = called.run("reindex", TOCSIN_SEARCH="meaning")

    assert refused.code == 1
    assert "There is no database yet, so there is nothing to embed" in refused.err
    assert not (called.folder / "data").exists()


def test_the_doctor_answers_programs_and_fails_when_something_is_wrong(called: Called) -> None:
    called.run("migrate")

    ill = called.run("doctor", "--json", TOCSIN_PORT="0", TOCSIN_PROT="0")

    assert ill.code == 1
    assert ill.object["ok"] is False
    wrong = [check for check in ill.object["checks"] if not check["ok"]]
    assert [check["name"] for check in wrong] == ["settings"]
    assert "did you mean TOCSIN_PORT" in wrong[0]["message"]


def test_the_doctor_cannot_be_fooled_by_a_slack_that_is_not_there(called: Called) -> None:
    ill = called.run(
        "doctor", TOCSIN_PORT="0", SLACK_BOT_TOKEN="xoxb-hunter2hunter2",
        SLACK_SIGNING_SECRET="hunter2hunter2", SLACK_API_URL="http://127.0.0.1:1/api/",
    )  # fmt: skip

    assert ill.code == 1
    assert "SLACK_API_URL" in ill.out
    assert "hunter2" not in ill.out + ill.err


def test_the_version_is_told(tocsin: Program) -> None:
    assert re.fullmatch(r"tocsin \d+\.\d+\.\d+\n", tocsin.run("--version").out)


def lines_of(outcome: Outcome) -> list[str]:
    return outcome.out.splitlines()[1:]


def slugs(folder: Path) -> list[str]:
    database = folder / "data/tocsin.db"
    assert stat.S_ISREG(database.stat().st_mode)
    connection = sqlite3.connect(database)
    try:
        return [slug for (slug,) in connection.execute("SELECT slug FROM organizations")]
    finally:
        connection.close()
