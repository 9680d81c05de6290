"""What incident.io's clients call the states, phases and roles of ours."""

import pytest

from bot.api.dialects.incident_io.words import ROW_OF_V1, key_roles, standard_row, status_v1
from core.domain.account import Role
from core.domain.actor import Permission
from core.domain.state import Phase, State
from core.domain.status_option import STANDARD_STATUSES
from core.permissions import ROLES

TABLE = [
    (State.DRAFT, Phase.INVESTIGATING, "Triage", "triage"),
    (State.OPEN, Phase.INVESTIGATING, "Investigating", "investigating"),
    (State.OPEN, Phase.IDENTIFIED, "Fixing", "fixing"),
    (State.OPEN, Phase.MONITORING, "Monitoring", "monitoring"),
    (State.OPEN, Phase.RESOLVED, "Investigating", "investigating"),
    (State.ACKNOWLEDGED, Phase.INVESTIGATING, "Investigating", "investigating"),
    (State.ACKNOWLEDGED, Phase.IDENTIFIED, "Fixing", "fixing"),
    (State.ACKNOWLEDGED, Phase.MONITORING, "Monitoring", "monitoring"),
    (State.SNOOZED, Phase.MONITORING, "Paused", "investigating"),
    (State.SUPPRESSED, Phase.IDENTIFIED, "Paused", "investigating"),
    (State.RESOLVED, Phase.RESOLVED, "Post-incident", "closed"),
    (State.CLOSED, Phase.RESOLVED, "Closed", "closed"),
    (State.CANCELED, Phase.INVESTIGATING, "Canceled", "declined"),
]


@pytest.mark.parametrize(("state", "phase", "name", "first"), TABLE)
def test_each_state_and_phase_has_a_word_in_both_versions(
    state: State, phase: Phase, name: str, first: str
) -> None:
    assert STANDARD_STATUSES[standard_row(state, phase)] == name
    assert status_v1(state, phase) == first


def test_every_word_of_the_first_version_leads_to_a_status() -> None:
    assert set(ROW_OF_V1.values()) <= set(STANDARD_STATUSES)


def test_a_key_is_called_by_what_it_may_do() -> None:
    assert key_roles([]) == []
    assert key_roles([Permission.READ_INCIDENTS]) == ["viewer"]
    assert "global_access" in key_roles(ROLES[Role.OWNER])
    assert "manage_settings" not in key_roles(ROLES[Role.ENGINEER])
