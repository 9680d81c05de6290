"""What a payload means to whoever asks before it counts, without knowing how it is read."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeAlias

from core.domain.alert import Alert
from core.domain.integration import Integration

Hearing: TypeAlias = Callable[[Integration, Any, datetime], list[Alert]]
"""The alerts that a payload of this source states if it comes at that moment; `InvalidInput` names
`payload` where it is none of its source."""
