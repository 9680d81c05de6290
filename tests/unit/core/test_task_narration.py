"""What becomes of a task is told in words of its own."""

from dataclasses import replace
from typing import Any

import pytest

from core.domain import events as e
from core.domain.ids import IncidentId
from core.domain.narration import narrate
from tests.fakes.moment import NOON
from tests.unit.core.events import ALICE

CHANGED = e.RecordChanged(
    by=ALICE,
    at=NOON,
    noun="follow-up",
    record_id="fup_1",
    name="Call them",
    incident_id=IncidentId("inc_7"),
    fields=("status", "completed at"),
)


@pytest.mark.parametrize(
    ("became", "sentence"),
    [
        ("completed", "Alice Archer completed the task “Call them”."),
        ("not_doing", "Alice Archer dropped the task “Call them”."),
        ("outstanding", "Alice Archer took up the task “Call them” again."),
    ],
)
def test_a_task_that_comes_to_another_state(became: str, sentence: str) -> None:
    assert narrate(replace(CHANGED, became=became)) == sentence


def test_a_task_that_is_changed_otherwise() -> None:
    moved = replace(CHANGED, fields=("assignee id", "due at"))

    told = "Alice Archer changed the owner and the due time of the task “Call them”."
    assert narrate(moved) == told


def test_a_task_that_is_added_and_deleted() -> None:
    common: dict[str, Any] = {
        "by": ALICE,
        "at": NOON,
        "noun": "follow-up",
        "record_id": "f",
        "name": "Call them",
    }

    told = [narrate(kind(**common)) for kind in (e.RecordCreated, e.RecordDeleted)]

    assert told == [
        "Alice Archer added the task “Call them”.",
        "Alice Archer deleted the task “Call them”.",
    ]
