"""`python -m sandbox` starts a workspace with nothing of Tocsin around it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sandbox.alone import CannotStart, Wishes, opened
from tests.processes import clean_environment

ROOT = Path(__file__).parents[2]
COMMAND = [sys.executable, "-W", "error", "-m", "sandbox"]


def environment() -> dict[str, str]:
    return clean_environment({"PYTHONPATH": str(ROOT)})


def test_it_says_where_it_is_and_ends_when_it_is_told_to(tmp_path: Path) -> None:
    manifest = str(ROOT / "docs/sandbox/app.yml")

    with subprocess.Popen(
        [*COMMAND, "--manifest", manifest, "--port", "0", "--json"],
        cwd=tmp_path, env=environment(), stdout=subprocess.PIPE,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        code = process.wait(timeout=30)

    assert told["app"] == "Hello"
    assert told["environment"]["SLACK_API_URL"] == told["api_url"]
    assert code == 0


def test_what_cannot_be_started_is_a_sentence_and_exit_code_2(tmp_path: Path) -> None:
    done = subprocess.run(
        [*COMMAND, "--manifest", "nowhere.yml"],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 2
    assert "nowhere.yml cannot be read" in done.stderr
    assert done.stderr.count("\n") == 1


def test_it_brings_nothing_of_tocsin_along(tmp_path: Path) -> None:
    look = (
        "import sys, sandbox.__main__; "
        "print({name.split('.')[0] for name in sys.modules} & {'bot', 'core', 'storage'})"
    )
    said = subprocess.run(
        [sys.executable, "-c", look],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip

    assert said.strip() == "set()"


async def test_a_workspace_belongs_to_one_sandbox_at_a_time(tmp_path: Path) -> None:
    wishes = Wishes(manifest=ROOT / "docs/sandbox/app.yml", port=0, data=tmp_path / "kept.json")

    async with opened(wishes):
        with pytest.raises(CannotStart, match=r"Another sandbox keeps its workspace in .*kept"):
            async with opened(wishes):
                raise AssertionError("The second one must not start.")
    async with opened(wishes) as again:
        assert await again.channels()


async def test_a_file_that_cannot_be_written_is_refused_before_anything_starts(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").touch()
    wishes = Wishes(manifest=ROOT / "docs/sandbox/app.yml", data=tmp_path / "file" / "kept.json")

    with pytest.raises(CannotStart, match="let --data name a file that can be written"):
        async with opened(wishes):
            raise AssertionError("It must not start.")


async def test_findings_do_not_end_a_sandbox_that_runs_alone(tmp_path: Path) -> None:
    wishes = Wishes(manifest=ROOT / "docs/sandbox/app.yml", port=0, refresh=60)

    async with opened(wishes) as sandbox:
        sandbox.world.journal.finding("broadcast", "A message would notify everybody.")
        lifetime = sandbox.world.transport.socket_seconds

    assert lifetime == 60
