"""What real tools sent, read from beside the repository."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

CAPTURES = Path(__file__).parents[4] / "shared" / "captures" / "alertmanager"


def captured(name: str) -> Any:
    """The body of a captured request; the test is skipped where there are no captures."""
    paths = sorted(CAPTURES.glob(f"webhook_{name}*.json"))
    if not paths and os.environ.get("CI") != "true":
        pytest.skip("The captures of real payloads are not beside this copy.")
    return json.loads(paths[0].read_text(encoding="utf-8"))["body"]


ALL = ("01", "02", "03", "04", "05", "06")
