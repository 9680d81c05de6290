"""docs/api/openapi.md names everything that schemathesis leaves out, and nothing more."""

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
PAGE = ROOT / "docs" / "api" / "openapi.md"
CONFIGURATION = ROOT / "tests" / "acceptance" / "schemathesis.toml"
EVERYWHERE = "everywhere"


def _listed() -> set[tuple[str, str]]:
    """Check and place, as the table of the page has them."""
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        (check, place.strip("` "))
        for check, places in rows
        for place in re.split(r"`, `", places.strip())
    }


def _left_out() -> set[tuple[str, str]]:
    """The same of the configuration."""
    configuration = tomllib.loads(CONFIGURATION.read_text(encoding="utf-8"))
    found = {(check, EVERYWHERE) for check in _disabled(configuration["checks"])}
    for operation in configuration["operations"]:
        named = operation["include-name"]
        for place in [named] if isinstance(named, str) else named:
            found |= {(check, place) for check in _disabled(operation.get("checks", {}))}
    return found


def _disabled(checks: dict[str, Any]) -> set[str]:
    return {
        name for name, check in checks.items() if isinstance(check, dict) and not check["enabled"]
    }


def test_what_is_left_out_is_on_the_page_with_its_reason() -> None:
    assert _left_out()
    assert _listed() == _left_out()
