"""The one name for JSON objects, which enter and leave at every edge of the sandbox."""

from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
