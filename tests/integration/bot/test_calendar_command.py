"""`tocsin calendar`: the address of the calendar, from the command line."""

from tests.integration.bot.conftest import Called
from tests.integration.bot.program import Program


def test_an_address_is_made_and_made_useless(called: Called) -> None:
    made = called.run("calendar", "create", "--json")
    again = called.run("calendar", "create", "--json")
    revoked = called.run("calendar", "revoke", "--json")
    nothing = called.run("calendar", "revoke", "--json")

    url = "http://127.0.0.1:8000/api/v1/maintenances.ics?token="
    assert made.object.keys() == {"url", "token"}
    assert made.object["url"] == url + made.object["token"]
    assert again.object["token"] != made.object["token"]
    assert revoked.object == {"revoked": True}
    assert (nothing.code, nothing.object["error"]["message"]) == (1, "There is no calendar feed.")


def test_a_person_is_told_that_it_is_shown_once(called: Called) -> None:
    made = called.run("calendar", "create")
    revoked = called.run("calendar", "revoke")

    assert made.out.startswith("http")
    assert "only time" in made.out
    assert "serves no more" in revoked.out


def test_the_database_does_not_know_the_token(tocsin: Program) -> None:
    made = tocsin.run("calendar", "create", "--json")

    assert made.code == 0, made.err
    kept = b"".join(file.read_bytes() for file in (tocsin.folder / "data").glob("tocsin.db*"))
    assert b"calendar feed" in kept
    assert made.object["token"].encode() not in kept
