"""The worker may crash, hang or never come up: the bot is told so at once, and it comes back."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
import pytest_asyncio

from core.errors import Unavailable
from storage.similarity.minilm_files import MISSING as NOT_INSTALLED
from storage.similarity.process import Worker, open_worker
from storage.similarity.process_state import Pace, Phase
from storage.similarity.wire import Refused
from tests.integration.similarity import odd_workers

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUICK = Pace(first_pause=0.01, longest_pause=0.05, heartbeat=0.05)
WITHIN = 60
LONG = "The pool of connections to the database is exhausted, and checkout waits for it. " * 12
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")


class Reports:
    """What happened to the worker, as it was told."""

    def __init__(self) -> None:
        self.events: list[tuple[str, Mapping[str, object]]] = []
        self._news = asyncio.Event()

    def __call__(self, event: str, fields: Mapping[str, object]) -> None:
        self.events.append((event, fields))
        self._news.set()

    async def of(self, event: str, count: int = 1) -> list[Mapping[str, object]]:
        """Those of one kind, as soon as there are so many."""
        while len(told := [fields for name, fields in self.events if name == event]) < count:
            self._news.clear()
            await self._news.wait()
        return told


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def worker() -> AsyncIterator[Worker]:
    async with open_worker(folder=None, pace=QUICK) as worker:
        await worker.opened()
        yield worker


def _kill(worker: Worker, how: signal.Signals) -> None:
    assert worker.state.pid is not None
    os.kill(worker.state.pid, how)


async def test_killed_in_the_middle_it_comes_back(worker: Worker) -> None:
    before = worker.state
    under_way = asyncio.create_task(worker.embedder.embed([LONG] * 16))
    await asyncio.sleep(0)

    _kill(worker, signal.SIGKILL)

    with pytest.raises(Unavailable, match="restarting"):
        await under_way
    assert await worker.ready(after=before.generation) == before.generation + 1
    assert worker.state.restarts == before.restarts + 1
    assert len(await worker.embedder.embed(["The database is slow."])) == 1


async def test_what_somebody_waits_for_overtakes_what_is_done_in_bulk(worker: Worker) -> None:
    bulk = asyncio.create_task(worker.embedder.embed([LONG] * 64))
    await asyncio.sleep(0)

    await worker.embedder.embed(["The database is slow."], urgent=True)

    assert not bulk.done()
    bulk.cancel()


async def test_an_answer_nobody_waits_for_any_more_disturbs_nobody(worker: Worker) -> None:
    generation = worker.state.generation
    (usual,) = await worker.embedder.embed(["The database is slow."])
    given_up = asyncio.create_task(worker.embedder.embed([LONG]))
    await asyncio.sleep(0)
    given_up.cancel()

    (again,) = await worker.embedder.embed(["The database is slow."])

    assert again == usual
    assert worker.state.generation == generation


async def test_an_operation_that_it_does_not_have_is_one_failure_and_no_more(
    worker: Worker,
) -> None:
    generation = worker.state.generation

    with pytest.raises(Unavailable, match="failed at that request"):
        await worker.request("no.such.thing")

    assert len(await worker.embedder.embed(["text"])) == 1
    assert worker.state.generation == generation


async def test_what_it_failed_of_is_told_at_once_and_once_without_words_of_documents(
    reports: Reports,
) -> None:
    failing = odd_workers.FAILING

    async with open_worker(folder=None, pace=QUICK, report=reports, command=failing) as worker:
        await worker.opened()
        for _ in range(2):
            with pytest.raises(Unavailable, match="failed at that request"):
                await worker.request("put")

        (failed,) = await reports.of("worker.failed")

    assert failed == {"request": "put", "failure": "KeyError in put (odd.py:1)"}


async def test_a_panic_of_native_code_is_answered_and_costs_a_new_start(reports: Reports) -> None:
    # No pulse is felt between the panic and its answer: it would be told of the panic as well.
    pace, panicking = Pace(first_pause=0.01, longest_pause=0.05), odd_workers.PANICKING

    async with open_worker(folder=None, pace=pace, report=reports, command=panicking) as worker:
        await worker.opened()
        async with asyncio.timeout(WITHIN):
            with pytest.raises(Unavailable, match="failed at that request"):
                await worker.request("panic")
            (failed,) = await reports.of("worker.failed")
            generation = await worker.ready(after=1)

    assert str(failed["failure"]).startswith("PanicException in panic")
    assert generation == 2


@pytest.mark.parametrize(
    ("op", "reason"),
    [
        ("late", "It ended by itself. (exit status 3)"),
        ("hang", "It did not answer “ping” within 1 seconds."),
    ],
)
async def test_what_happens_to_a_question_that_nobody_waits_for_is_noticed(
    reports: Reports, op: str, reason: str
) -> None:
    pace = Pace(first_pause=0.01, heartbeat=0.05, silence=1.0)
    panicking = odd_workers.PANICKING

    async with open_worker(folder=None, pace=pace, report=reports, command=panicking) as worker:
        await worker.opened()
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.2):
                await worker.request(op, urgent=True)

        async with asyncio.timeout(WITHIN):
            (ended, *_) = await reports.of("worker.ended")

    assert str(ended["reason"]).startswith(reason)


@LINUX
async def test_it_is_given_no_secret_of_the_bot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOCSIN_SECRET_KEY", "a-secret-of-the-bot")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-a-secret-too")
    monkeypatch.setenv("PGPASSWORD", "a-secret-of-the-database")
    monkeypatch.setenv("HTTPS_PROXY", "http://a-secret:a-secret@127.0.0.1:9")

    async with open_worker(folder=None, chroma_url="http://user:word@127.0.0.1:9") as worker:
        await worker.opened()
        about = Path(f"/proc/{worker.state.pid}")
        seen = (about / "environ").read_bytes() + (about / "cmdline").read_bytes()

    assert b"a-secret" not in seen
    assert b"user:word" not in seen


async def test_one_that_hangs_is_ended_and_started_anew(reports: Reports) -> None:
    pace = Pace(first_pause=0.01, urgent=0.2)
    async with open_worker(folder=None, pace=pace, report=reports) as worker:
        await worker.opened()
        _kill(worker, signal.SIGSTOP)

        with pytest.raises(Unavailable):
            await worker.embedder.embed(["text"], urgent=True)

        (ended,) = await reports.of("worker.ended")
        assert ended["reason"] == (
            "It did not answer “model.embed” within 0.2 seconds. (exit status -9)"
        )
        assert await worker.ready(after=1) == 2


async def test_one_without_a_pulse_is_ended_though_nobody_asks_it(reports: Reports) -> None:
    pace = Pace(first_pause=0.01, heartbeat=0.01, silence=0.2)
    deaf = odd_workers.DEAF

    async with open_worker(folder=None, pace=pace, report=reports, command=deaf):
        ended = await reports.of("worker.ended")

    assert "did not answer “ping”" in str(ended[0]["reason"])


async def test_one_that_cannot_be_opened_for_good_is_not_started_again(reports: Reports) -> None:
    refusing = odd_workers.REFUSING

    async with open_worker(folder=None, pace=QUICK, report=reports, command=refusing) as worker:
        with pytest.raises(Refused, match="Somebody else has the folder"):
            await worker.opened()

        with pytest.raises(Unavailable, match="Somebody else has the folder"):
            await worker.request("ping")
        assert worker.state.phase is Phase.REFUSED


async def test_one_that_cannot_be_opened_now_is_tried_again(reports: Reports) -> None:
    unreachable = odd_workers.UNREACHABLE

    async with open_worker(folder=None, pace=QUICK, report=reports, command=unreachable) as worker:
        await reports.of("worker.ended", 3)

        assert worker.state.notice == "The server is not there."
        with pytest.raises(Unavailable, match=r"The server is not there\."):
            await worker.request("ping")


async def test_what_babbles_on_the_wire_is_ended(reports: Reports) -> None:
    babbling = odd_workers.BABBLING

    async with open_worker(folder=None, pace=QUICK, report=reports, command=babbling):
        ended = await reports.of("worker.ended", 2)

    assert "longer than any may be" in str(ended[0]["reason"])


async def test_of_its_last_words_a_few_are_kept(reports: Reports) -> None:
    chatty = odd_workers.CHATTY

    async with open_worker(folder=None, pace=QUICK, report=reports, command=chatty):
        (ended, *_) = await reports.of("worker.ended")

    words = ended["last_words"]
    assert isinstance(words, list)
    assert words[-1] == "last"
    assert sum(map(len, words)) < 20_000
    assert ended["reason"] == "It ended by itself. (exit status 7)"


async def test_a_program_that_is_not_there_is_reported(reports: Reports) -> None:
    missing = odd_workers.MISSING

    async with open_worker(folder=None, pace=QUICK, report=reports, command=missing) as worker:
        (ended, *_) = await reports.of("worker.ended", 2)

        assert ended["reason"] == "It could not be started: No such file or directory."
        with pytest.raises(Unavailable):
            await worker.embedder.embed(["text"])


async def test_without_a_model_the_rest_works_and_people_are_told_why() -> None:
    without = odd_workers.WITHOUT_MODEL

    async with open_worker(folder=None, pace=QUICK, command=without) as worker:
        await worker.opened()

        assert worker.state.notice == NOT_INSTALLED
        with pytest.raises(Unavailable, match="is not installed"):
            await worker.embedder.embed(["text"])


async def test_before_it_is_ready_and_after_it_was_closed_it_is_unavailable() -> None:
    async with open_worker(folder=None) as worker:
        with pytest.raises(Unavailable, match="is starting"):
            await worker.embedder.embed(["text"])

    with pytest.raises(Unavailable, match="has been stopped"):
        await worker.embedder.embed(["text"])
    with pytest.raises(Unavailable, match="has been stopped"):
        await worker.ready()


PARENT = """
import asyncio, os, signal
from storage.similarity.process import open_worker
async def main():
    async with open_worker(folder=None) as worker:
        await worker.opened()
        print(worker.state.pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""


@LINUX
async def test_it_does_not_outlive_the_bot() -> None:
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, stdout=PIPE)
    told, _ = await parent.communicate()

    while not _is_gone(int(told)):  # noqa: ASYNC110 - nobody rings when it is
        await asyncio.sleep(0.01)

    assert parent.returncode == -signal.SIGKILL


def _is_gone(pid: int) -> bool:
    """Ended, even if nobody has asked how."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").split()[2] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True
