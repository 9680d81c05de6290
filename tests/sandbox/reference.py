"""Slack's reference data, which lies beside the repository where it is developed."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).parents[2].parent / "shared" / "slack"


def read(name: str) -> Any:
    path = REFERENCE / name
    if not path.exists():
        if os.environ.get("CI") == "true":
            pytest.fail(f"The reference data {name} is absent, which in CI it never is.")
        pytest.skip(f"The reference data {name} is not beside this repository.")
    return json.loads(path.read_text(encoding="utf-8"))
