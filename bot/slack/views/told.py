"""What happened in a sentence whose times are on the clock of whoever reads it."""

import re
from collections.abc import Collection
from datetime import datetime

from bot.slack.text import literal, moment
from core.domain import events as e
from core.domain.narration import narrate
from core.domain.wording import minute, times_in


def told(event: e.Event, most: int = 2_900) -> str:
    """Escaped."""
    return on_the_clock(literal(narrate(event), most), times_in(event))


def on_the_clock(text: str, times: Collection[datetime]) -> str:
    """`text` is escaped, and names these times in UTC; all others stay, for people wrote them."""
    known = {minute(at): moment(at) for at in times}
    if not known:
        return text
    return re.sub("|".join(map(re.escape, known)), lambda found: known[found.group()], text)
