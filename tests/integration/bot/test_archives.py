"""The documented examples, and an organisation's export and import, at the command line."""

from pathlib import Path

from tests.integration.bot.conftest import Called


def test_the_examples_are_loaded_once_and_their_keys_are_told_each_time(called: Called) -> None:
    first = called.run("fixtures", "load", "--json")
    second = called.run("fixtures", "load", "--json")

    told, again = first.object, second.object
    assert (told.pop("loaded"), again.pop("loaded")) == (15, 0)
    assert told == again
    assert told["overwatch_key"] == "overwatch_ak_1a2b3c4d5e6f7890"
    assert told["observer_key"].startswith("obs_pub_")
    assert set(told) == {
        "overwatch_key", "observer_key", "opsknight_key", "incident_io_key",
        "service_id", "metric_id",
    }  # fmt: skip


def test_an_export_is_read_back_into_another_folder_and_is_the_same(
    called: Called, tmp_path: Path
) -> None:
    called.run("fixtures", "load")
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    elsewhere = {"TOCSIN_DATA_DIR": str(tmp_path / "elsewhere")}

    exported = called.run("export", str(first), "--json")
    imported = called.run("import", str(first), "--json", **elsewhere)
    called.run("export", str(second), **elsewhere)

    assert exported.object["rows"] == imported.object["rows"] > 20
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o077 == 0


def test_a_file_that_is_no_export_is_refused_and_nothing_is_imported(
    called: Called, tmp_path: Path
) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("hello\n")

    refused = called.run("import", str(file))

    assert refused.code == 1
    assert "no export" in refused.err


def test_an_export_that_breaks_off_is_refused(called: Called, tmp_path: Path) -> None:
    called.run("fixtures", "load")
    whole, part = tmp_path / "whole.jsonl", tmp_path / "part.jsonl"
    called.run("export", str(whole))
    part.write_bytes(b"".join(whole.read_bytes().splitlines(keepends=True)[:20]))

    refused = called.run("import", str(part), TOCSIN_DATA_DIR=str(tmp_path / "elsewhere"))

    assert refused.code == 1
    assert "breaks off" in refused.err
