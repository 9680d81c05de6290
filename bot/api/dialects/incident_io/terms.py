"""What an organisation calls things: the rows to which the ids of incident.io's clients lead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.api.dialects.incident_io.words import standard_row
from core.domain.account import User
from core.domain.custom_field import CustomField, FieldOption
from core.domain.ids import UserId
from core.domain.incident_role import IncidentRole
from core.domain.severity import Severity
from core.domain.severity_option import SeverityOption, standard_severity_id
from core.domain.state import Phase, State
from core.domain.status_option import MERGED, StatusOption
from core.views import IncidentRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """As much as some rows need to be shown, by id. `founded` is when the organisation was."""

    founded: datetime
    severities: Mapping[str, SeverityOption]
    statuses: Mapping[str, StatusOption]
    roles: Mapping[str, IncidentRole]
    fields: Mapping[str, CustomField] = field(default_factory=dict)
    options: Sequence[FieldOption] = ()
    users: Mapping[UserId, User] = field(default_factory=dict)

    def severity(self, level: Severity, id: str | None) -> SeverityOption:
        """The one that was given, else the level's own."""
        return self.severities.get(id or "") or self.severities[standard_severity_id(level)]

    def noted_severity(self, word: str) -> SeverityOption | None:
        """By an id or by a level, as updates note it; None where it is neither."""
        if word in list(Severity):
            return self.severity(Severity(word), None)
        return self.severities.get(word)

    def status_of(self, row: IncidentRow) -> StatusOption:
        return self.status(row.state, row.phase, row.status_id or _merged(row))

    def status(self, state: State, phase: Phase, id: str | None) -> StatusOption:
        """The one that was given, else that of the state and the phase."""
        return self.statuses.get(id or "") or self.statuses[standard_row(state, phase)]


def _merged(row: IncidentRow) -> str | None:
    """Of what was merged when nothing noted that as a status yet."""
    return MERGED if row.merged_into else None
