"""Programs that some tests need beyond what pip installs: there, or skipped with a sentence."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

NODE_AT_LEAST = 20
JAVASCRIPT = Path(__file__).parent / "javascript"


def required(program: str, package: str) -> str:
    """The program's path. Without it the test is skipped, or fails where CI is set."""
    found = shutil.which(program)
    if found is None:
        _do_without(f"{program} is not installed; on Debian: apt-get install {package}")
    return found


def redis_server() -> str:
    return required("redis-server", "redis-server")


def node() -> str:
    """Node in a version that the JavaScript samples run on."""
    found = required("node", "nodejs")
    said = subprocess.run([found, "--version"], check=True, capture_output=True, text=True).stdout
    if int(said.strip().lstrip("v").split(".")[0]) < NODE_AT_LEAST:
        _do_without(
            f"{found} is {said.strip()}, and the samples need Node {NODE_AT_LEAST} or newer; "
            "install one that comes earlier on the PATH"
        )
    return found


def slack_clients() -> Path:
    """The folder in which Slack's own JavaScript clients are installed."""
    if not (JAVASCRIPT / "node_modules" / "@slack" / "bolt").is_dir():
        _do_without(
            "Slack's JavaScript clients are not installed; run `npm ci --prefix tests/javascript`"
        )
    return JAVASCRIPT


def _do_without(sentence: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(sentence)
    pytest.skip(sentence)
