"""What a reader sees: flat, display-ready values shared by every surface."""

from core.views.cards import IncidentCard, Neighbour, Person, Player, WindowNote
from core.views.incidents import IncidentPage, IncidentRecord, IncidentRow
from core.views.likenesses import LikenessRow
from core.views.maintenances import MaintenanceCard, Overlap
from core.views.queries import (
    Condition,
    IncidentQuery,
    Op,
    Subject,
    UpdatePage,
    UpdateQuery,
)
from core.views.timeline import TimelineEntry, TimelineQuery, TimelineStretch

__all__ = [
    "Condition",
    "IncidentCard",
    "IncidentPage",
    "IncidentQuery",
    "IncidentRecord",
    "IncidentRow",
    "LikenessRow",
    "MaintenanceCard",
    "Neighbour",
    "Op",
    "Overlap",
    "Person",
    "Player",
    "Subject",
    "TimelineEntry",
    "TimelineQuery",
    "TimelineStretch",
    "UpdatePage",
    "UpdateQuery",
    "WindowNote",
]
