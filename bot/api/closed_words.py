"""Words of a closed list, which documents name one by one and people write in any case."""

from typing import Any

from pydantic import BeforeValidator


def _folded(given: Any) -> Any:
    return given.strip().lower() if isinstance(given, str) else given


ANY_CASE = BeforeValidator(_folded)
