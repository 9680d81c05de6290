"""Everything under `/v1` and `/v2` but alerts."""

from bot.api.dialects.incident_io.catalogue_routes import Severities, Statuses, Types
from bot.api.dialects.incident_io.field_routes import Fields, Options
from bot.api.dialects.incident_io.follow_up_routes import FollowUps
from bot.api.dialects.incident_io.incident_routes import Incidents
from bot.api.dialects.incident_io.membership_routes import Memberships
from bot.api.dialects.incident_io.people_routes import People
from bot.api.dialects.incident_io.role_routes import Roles
from bot.api.dialects.incident_io.update_routes import Updates
from bot.api.dialects.incident_io.vocabulary import Vocabulary
from bot.api.dialects.incident_io.window_routes import Windows
from bot.api.doors import Doors

GROUPS = (
    Severities,
    Statuses,
    Types,
    Roles,
    Fields,
    Options,
    Incidents,
    Updates,
    FollowUps,
    Memberships,
    Windows,
)


class IncidentIo:
    def __init__(self, doors: Doors) -> None:
        self._doors = doors

    def register(self) -> None:
        vocabulary = Vocabulary(self._doors.reads)
        for group in GROUPS:
            group(self._doors, vocabulary).register()
        People(self._doors).register()
