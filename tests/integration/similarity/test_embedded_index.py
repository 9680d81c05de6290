"""The index in a folder: who may use it, and what becomes of damage."""

import asyncio
import math
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.domain.ids import OrganizationId
from core.errors import CoreError, Unavailable
from core.ports.search import KINDS
from core.ports.similarity import Entry
from storage.similarity.embedded_chroma import guarded
from storage.similarity.folder_lock import IndexInUse, hold, sole_index
from storage.similarity.index import WorkerIndex
from storage.similarity.index_folder import MOST_FAILURES, IndexFolder
from storage.similarity.opening import keeping
from storage.similarity.process import Worker, open_worker
from storage.similarity.process_state import Pace
from storage.similarity.wire import Broken
from tests.fakes.vector_index import vector_of
from tests.integration.similarity.here import opened_here

OURS = OrganizationId("ours")
WITHIN = 60
PACE = Pace(first_pause=0.02, longest_pause=0.2)
MANY = 1_100
"""Chroma writes its graph to the disk once in a thousand entries."""

Damage = Callable[[Path], None]


def an_entry(number: int) -> Entry:
    angle = number / MANY
    return Entry(
        id=f"e{number}",
        kind="incident",
        digest=f"digest {number}",
        vector=vector_of([math.cos(angle), math.sin(angle), 0.1]),
    )


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[tuple[Worker, WorkerIndex]]:
    async with open_worker(folder=folder, model=False, pace=PACE) as worker:
        async with asyncio.timeout(WITHIN):
            await worker.opened()
        yield worker, WorkerIndex(worker, model="model-1")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many entries, closed well; to be copied."""
    folder = tmp_path_factory.mktemp("filled") / "index"

    async def fill() -> None:
        async with opened_here(folder) as index:
            await index.put(OURS, [an_entry(number) for number in range(MANY)])

    asyncio.run(fill())
    return folder


@pytest.fixture
def folder(filled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(filled, tmp_path / "index")


def _not_closed_well(folder: Path) -> None:
    (folder / "state").write_text("0")


def _part(folder: Path, name: str) -> Path:
    return next((folder / "chroma").glob(f"*/{name}"))


def _no_database(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").unlink()


def _garbage_in_the_database(folder: Path) -> None:
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"no database at all" * 1000)


def _half_a_database(folder: Path) -> None:
    file = folder / "chroma" / "chroma.sqlite3"
    os.truncate(file, file.stat().st_size // 2)


def _garbage_in_the_vectors(folder: Path) -> None:
    """Over which it dies."""
    file = _part(folder, "data_level0.bin")
    file.write_bytes(b"\xff" * file.stat().st_size)


def _half_of_the_vectors(folder: Path) -> None:
    """Which it may not notice."""
    file = _part(folder, "data_level0.bin")
    os.truncate(file, file.stat().st_size // 2)


def _no_list_of_vectors(folder: Path) -> None:
    """Nor this."""
    _part(folder, "index_metadata.pickle").unlink()


def _another_program(folder: Path) -> None:
    (folder / "state").write_text("nonsense")


@pytest.mark.parametrize(
    "damage", [_no_database, _garbage_in_the_database, _half_a_database, _another_program]
)
async def test_a_damaged_index_is_set_aside_and_empty_to_be_filled_again(
    folder: Path, damage: Damage
) -> None:
    _not_closed_well(folder)
    damage(folder)

    async with opened_here(folder) as index:
        held = await index.digests(OURS)
        await index.put(OURS, [an_entry(7)])
        found = await index.nearest(OURS, an_entry(7).vector, limit=3, kinds=KINDS)

    assert held == {}
    assert [id for id, _ in found] == ["e7"]
    assert (folder / "broken").is_dir()


@pytest.mark.parametrize(
    "damage", [_garbage_in_the_vectors, _half_of_the_vectors, _no_list_of_vectors]
)
async def test_so_is_one_over_which_native_code_may_die(folder: Path, damage: Damage) -> None:
    (folder / "state").write_text(str(MOST_FAILURES - 1))
    damage(folder)

    async with opened(folder) as (_, index):
        held = await index.digests(OURS)

    assert held == {}
    assert (folder / "broken").is_dir()


async def test_a_whole_index_is_kept_however_its_process_ended(folder: Path) -> None:
    _not_closed_well(folder)

    async with opened_here(folder) as index:
        held = await index.digests(OURS)

    assert len(held) == MANY
    assert not (folder / "broken").exists()


async def test_damage_that_shows_while_it_is_used_costs_a_new_start_and_no_more(
    folder: Path,
) -> None:
    _part(folder, "header.bin").write_bytes(os.urandom(100))

    async with opened(folder) as (worker, index):
        with pytest.raises(Unavailable):
            await index.nearest(OURS, an_entry(1).vector, limit=1, kinds=KINDS)
        async with asyncio.timeout(WITHIN):
            await worker.ready(after=1)
        held = await index.digests(OURS)

    assert held == {}


async def test_a_folder_that_is_removed_while_it_is_used_costs_no_more_either(
    folder: Path,
) -> None:
    async with opened(folder) as (worker, index):
        shutil.rmtree(folder)

        with pytest.raises(Unavailable, match="index failed"):
            await index.put(OURS, [an_entry(1)])
        async with asyncio.timeout(WITHIN):
            await worker.ready(after=1)
        await index.put(OURS, [an_entry(1)])

        assert set(await index.digests(OURS)) == {"e1"}


async def test_damage_is_told_where_nothing_can_be_written_down(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = IndexFolder(path=tmp_path / "file" / "index")

    with pytest.raises(Broken, match="was removed"):
        guarded(folder, lambda: None)


async def test_a_panic_of_native_code_is_counted_as_damage_may_look_like_that(
    tmp_path: Path,
) -> None:
    class PanicException(BaseException):
        """Stands for the one of native code, which is no `Exception` either."""

    def panic() -> None:
        raise PanicException("index out of bounds")

    folder = IndexFolder(path=tmp_path)
    folder.prepare()
    (folder.chroma / "chroma.sqlite3").touch()

    with pytest.raises(PanicException):
        guarded(folder, panic)

    assert folder.failures == 1


async def test_what_was_put_is_there_after_the_process_was_killed(tmp_path: Path) -> None:
    async with opened(tmp_path / "index") as (worker, index):
        for generation in range(1, 3):
            await index.put(OURS, [an_entry(number) for number in range(generation * 20)])
            assert worker.state.pid is not None
            os.kill(worker.state.pid, signal.SIGKILL)
            async with asyncio.timeout(WITHIN):
                await worker.ready(after=generation)

            held = await index.digests(OURS)

            assert set(held) == {f"e{number}" for number in range(generation * 20)}
    assert not (tmp_path / "index" / "broken").exists()


async def test_vectors_of_another_model_are_not_met_and_go_at_the_next_comparison(
    tmp_path: Path,
) -> None:
    async with opened_here(tmp_path / "index") as index:
        await index.put(OURS, [an_entry(1)])
    async with opened_here(tmp_path / "index", model="model-2") as other:
        assert await other.nearest(OURS, an_entry(1).vector, limit=1, kinds=KINDS) == []
        assert await other.digests(OURS) == {}

    async with opened_here(tmp_path / "index") as index:
        assert await index.digests(OURS) == {}


async def test_nothing_of_a_cleared_organisation_stays_on_the_disk(folder: Path) -> None:
    async with opened_here(folder) as index:
        await index.clear(OURS)

        assert [one.name for one in (folder / "chroma").iterdir()] == ["chroma.sqlite3"]
        assert await index.organizations() == frozenset()


async def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with pytest.raises(Unavailable, match=r"The folder of the search index, .* cannot be used"):
        async with opened_here(tmp_path / "file" / "index"):
            pytest.fail("It was opened.")


def test_a_second_bot_is_refused_while_the_first_is_there(tmp_path: Path) -> None:
    with (
        sole_index(tmp_path / "index"),
        pytest.raises(IndexInUse, match="TOCSIN_CHROMA_URL") as refusal,
        sole_index(tmp_path / "index"),
    ):
        pytest.fail("Two were let in.")

    assert isinstance(refusal.value, CoreError)


def test_when_the_first_bot_is_gone_the_next_may_come(tmp_path: Path) -> None:
    with sole_index(tmp_path / "index"):
        pass

    with sole_index(tmp_path / "index"), sole_index(tmp_path / "another"), sole_index(None):
        assert (tmp_path / "index").is_dir()


def test_a_lock_that_was_removed_with_its_folder_is_taken_again_at_the_next_opening(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "index"
    told: list[str] = []
    with sole_index(folder) as lock:
        report = keeping(lock, lambda event, _: told.append(event))
        shutil.rmtree(folder)

        report("worker.ready", {})
        report("worker.ready", {})

        with pytest.raises(IndexInUse), sole_index(folder):
            pytest.fail("Two were let in.")
    with sole_index(folder) as next_one:
        assert next_one is not None
    assert told == ["worker.ready", "worker.ready"]


def test_a_lock_that_another_bot_took_meanwhile_is_left_to_it(tmp_path: Path) -> None:
    folder = tmp_path / "index"
    told: dict[str, Mapping[str, object]] = {}
    with sole_index(folder) as first:
        shutil.rmtree(folder)

        with sole_index(folder):
            keeping(first, told.__setitem__)("worker.ready", {})

    assert "TOCSIN_CHROMA_URL" in str(told["index.taken"]["reason"])


def test_a_folder_that_cannot_be_made_does_not_keep_the_bot_from_serving(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")

    with sole_index(tmp_path / "file" / "index") as held:
        assert held is None


HOLDER = """
import asyncio, sys
from pathlib import Path
from storage.similarity.embedded_chroma import guarded
from storage.similarity.folder_lock import hold
lock = asyncio.run(hold(Path(sys.argv[1])))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def orphan(tmp_path: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A process that holds the lock of a worker."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


async def test_a_worker_waits_for_one_that_is_ending_and_not_for_one_that_stays(
    tmp_path: Path, orphan: "subprocess.Popen[bytes]"
) -> None:
    with pytest.raises(Unavailable, match="Another process still writes"):
        await hold(tmp_path, patience=0.2)

    waiting = asyncio.create_task(hold(tmp_path, patience=WITHIN))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    orphan.kill()

    (await waiting).close()
