"""The one name for JSON objects, which enter and leave at every edge, and for numbers in them."""

import math
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


def is_finite(value: Any) -> bool:
    """Whether it is a number to reckon with: JSON has Infinity here, and integers of any length."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return False
    try:
        return math.isfinite(value)
    except OverflowError:
        return False
