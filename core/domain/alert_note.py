"""What somebody at the source said of an alert, kept beside it."""

from dataclasses import dataclass
from datetime import datetime

from core.domain.ids import EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertNote:
    id: str
    alert_id: EpisodeId
    at: datetime
    by: str
    text: str
