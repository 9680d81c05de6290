"""Commands that open the index, and bots: a command never keeps a bot from serving."""

from pathlib import Path

import pytest

from storage.similarity.folder_lock import index_left, sole_index


def test_a_bot_starts_while_a_command_has_the_index(tmp_path: Path) -> None:
    folder = tmp_path / "index"

    with index_left(folder) as left, sole_index(folder) as lock:
        assert left
        assert lock is not None


def test_a_command_leaves_the_index_to_a_bot(tmp_path: Path) -> None:
    folder = tmp_path / "index"

    with sole_index(folder), index_left(folder) as left:
        assert not left
    with index_left(folder) as left_then:
        assert left_then


def test_a_command_leaves_the_index_to_another_command(tmp_path: Path) -> None:
    folder = tmp_path / "index"

    with index_left(folder), index_left(folder) as left:
        assert not left


@pytest.mark.parametrize("there", ["index", None])
def test_an_index_nobody_could_lock_is_left_to_a_command(tmp_path: Path, there: str | None) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = tmp_path / "file" / there if there else None

    with index_left(folder) as left:
        assert left
