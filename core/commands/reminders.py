"""Commands on what people are reminded of."""

from dataclasses import dataclass
from datetime import timedelta

from core.commands.base import IncidentCommand
from core.domain.reminder import Reminder


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOffReminder(IncidentCommand):
    """Nobody is reminded of it for `wait`, counted from when this is carried out. `task_id` says
    of which task, for the reminder of one."""

    reminder: Reminder
    wait: timedelta
    task_id: str = ""
