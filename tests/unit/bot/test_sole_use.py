"""One process at a time on an embedded database."""

from pathlib import Path

import pytest

from bot.sole_use import InUse, sole_use


def test_a_second_one_is_refused_while_the_first_is_there(tmp_path: Path) -> None:
    with (
        sole_use(tmp_path / "tocsin.db"),
        pytest.raises(InUse, match="TOCSIN_DATABASE_URL"),
        sole_use(tmp_path / "tocsin.db"),
    ):
        pytest.fail("Two were let in.")


def test_what_to_do_instead_is_for_the_command_to_say(tmp_path: Path) -> None:
    with (
        sole_use(tmp_path / "tocsin.db"),
        pytest.raises(InUse, match="or let --data name another folder") as refusal,
        sole_use(tmp_path / "tocsin.db", otherwise="let --data name another folder"),
    ):
        pytest.fail("Two were let in.")

    assert "TOCSIN_DATABASE_URL" not in str(refusal.value)


def test_a_database_for_several_is_held_by_nobody() -> None:
    with sole_use(None) as one, sole_use(None) as another:
        assert one is another is None


def test_when_the_first_is_gone_the_next_may_come(tmp_path: Path) -> None:
    with sole_use(tmp_path / "tocsin.db"):
        pass

    with sole_use(tmp_path / "tocsin.db"):
        assert (tmp_path / "tocsin.db.lock").exists()


def test_another_database_is_none_of_its_business(tmp_path: Path) -> None:
    with sole_use(tmp_path / "one.db"), sole_use(tmp_path / "two.db"):
        assert len(list(tmp_path.iterdir())) == 2
