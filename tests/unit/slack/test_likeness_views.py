"""How what looks like an incident is shown, and that no text in it can do anything."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import blocks as b
from bot.slack.views.declare_modal import Offered, declared, duplicates_modal
from bot.slack.views.execution import MOST_STEPS, execution_steps
from bot.slack.views.home_search import search_blocks
from bot.slack.views.likenesses import likely, looks_like, pressed, similar, similar_to_words
from core.domain.ids import IncidentId, ServiceId
from core.domain.incident_settings import usual_settings
from core.domain.likeness import Verdict
from core.domain.procedure import Execution, Step
from core.domain.service import Service
from core.domain.severity import Severity
from core.domain.state import State
from core.views import LikenessRow
from sandbox.validation.blocks import message_problems
from sandbox.validation.views import view_problems
from tests.unit.slack.cards import THEN, an_incident
from tests.unit.slack.hostile import CORPUS, require_harmless

INCIDENT = LikenessRow(
    id="inc_3",
    kind="incident",
    title="Checkout answers 502",
    reference="INC-3",
    state=State.RESOLVED,
    severity=Severity.HIGH,
    created_at=THEN,
    duration=timedelta(minutes=47),
    lead="Bob Brook",
    services=("checkout", "payments"),
    resolution="Restarted PgBouncer.",
    channel_id="C0OLD",
    score=0.82,
    rank=1,
    reason="same service, both mention connection pool; resolved: Restarted PgBouncer",
)
PROCEDURE = LikenessRow(
    id="prc_1", kind="procedure", title="Restart the connection pool", score=0.7, rank=2
)


def labels(blocks: Any) -> list[str]:
    return [
        element["text"]["text"]
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def words(blocks: Any) -> str:
    return str(list(blocks))


def test_the_message_says_what_it_was_and_what_fixed_it() -> None:
    message = looks_like(an_incident(), [INCIDENT, PROCEDURE])

    shown = words(message.blocks)
    assert "*INC-3* Checkout answers 502 · <#C0OLD>" in shown
    assert "✅ Resolved" in shown
    assert "lasted 47 min · led by Bob Brook · checkout, payments" in shown
    assert "What fixed it: Restarted PgBouncer." in shown
    assert "'Very likely: same service, both mention connection pool'" in shown
    assert message.text == (
        "INC-7 looks like INC-3 “Checkout answers 502”; “Restart the connection pool”."
    )


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (0.99, "Very likely"),
        (0.75, "Very likely"),
        (0.7499, "Likely"),
        (0.5, "Likely"),
        (0.4999, "Maybe"),
        (0.02, "Maybe"),
        (0.0, ""),
    ],
)
def test_a_score_is_said_in_words_as_its_number_is_surer_than_it_should_be(
    score: float, said: str
) -> None:
    assert likely(score) == said


def test_no_view_shows_a_number_for_how_likely_it_is() -> None:
    row = replace(INCIDENT, score=0.6)
    shown = [
        looks_like(an_incident(), [row]).blocks,
        similar(IncidentId("inc_7"), "INC-7", [row]).blocks,
        similar_to_words("pool", [row]).blocks,
        search_blocks("pool", [row]),
        duplicates_modal(OFFERED, "", declared(FILLED), [row])["blocks"],
    ]

    assert ["Likely: same service" in words(blocks) for blocks in shown] == [True] * 5
    assert ["%" in words(blocks) for blocks in shown] == [False] * 5


def test_it_asks_of_each_whether_it_is_the_same() -> None:
    message = looks_like(an_incident(), [INCIDENT, PROCEDURE])

    offered = ["Same cause", "Not related", "Run procedure", "Helps", "Not related"]
    assert labels(message.blocks) == offered
    [button] = [one for one in message.blocks if one.get("block_id") == "likeness.0"]
    assert pressed(button["elements"][0]["value"]) == (IncidentId("inc_7"), "inc_3")


def test_a_verdict_is_written_into_it_and_can_be_taken_back() -> None:
    same = replace(INCIDENT, verdict=Verdict.SAME_CAUSE, judged_by="Alice Archer")

    message = looks_like(an_incident(), [same])

    assert "👍 Same cause, says Alice Archer" in words(message.blocks)
    assert "What fixed it" in words(message.blocks)
    assert labels(message.blocks) == ["Take back"]


def test_a_procedure_is_said_to_help() -> None:
    helpful = replace(PROCEDURE, verdict=Verdict.SAME_CAUSE, judged_by="Alice Archer")

    message = looks_like(an_incident(), [helpful])

    assert "👍 Helps, says Alice Archer" in words(message.blocks)
    assert labels(message.blocks) == ["Run procedure", "Take back"]


def test_what_is_not_related_takes_one_line() -> None:
    other = replace(INCIDENT, verdict=Verdict.NOT_RELATED, judged_by="Alice Archer")

    message = looks_like(an_incident(), [other])

    assert "👎 Not related, says Alice Archer" in words(message.blocks)
    assert "PgBouncer" not in words(message.blocks)
    assert labels(message.blocks) == ["Take back"]


def test_it_names_three_incidents_at_most() -> None:
    rows = [replace(INCIDENT, id=f"inc_{n}", reference=f"INC-{n}") for n in range(10, 20)]

    message = looks_like(an_incident(), [*rows, PROCEDURE])

    assert labels(message.blocks).count("Same cause") == 3
    assert labels(message.blocks).count("Run procedure") == 1


def test_an_incident_that_ended_without_a_word_says_so() -> None:
    silent = replace(INCIDENT, resolution="")

    assert "Nobody wrote down what fixed it." in words(looks_like(an_incident(), [silent]).blocks)


def test_one_that_goes_on_promises_no_fix() -> None:
    open_one = replace(INCIDENT, resolution="", state=State.OPEN, duration=None)

    shown = words(looks_like(an_incident(), [open_one]).blocks)

    assert "🔴 Open" in shown
    assert "fixed it" not in shown
    assert "lasted" not in shown


@pytest.mark.parametrize(
    ("incident", "said"),
    [
        (an_incident(deleted_at=THEN), "INC-7 was deleted."),
        (an_incident(), "Nothing is left that INC-7 looked like."),
    ],
)
def test_a_message_that_stands_without_anything_to_show_says_why(incident: Any, said: str) -> None:
    assert looks_like(incident, []).text == said


def test_a_list_for_one_reader_asks_only_about_an_incident() -> None:
    rows = [INCIDENT, PROCEDURE]

    assert "Same cause" in labels(similar(IncidentId("inc_7"), "INC-7", rows).blocks)
    assert labels(similar_to_words("pool timeout", rows).blocks) == []


def test_a_list_without_results_says_so() -> None:
    assert similar(IncidentId("inc_7"), "INC-7", []).text == (
        "Nothing is known that looks like INC-7."
    )
    assert similar_to_words("pool\n  timeout", []).text == (
        "Nothing is known that has to do with “pool timeout”."
    )


def test_the_steps_of_a_procedure_are_read_with_what_to_type() -> None:
    steps = (
        Step(title="Look at the pool", instructions="On every host.", command="SHOW POOLS;"),
        Step(title="Restart it"),
    )

    message = execution_steps(an_execution(steps))

    shown = words(message.blocks)
    assert "1. Look at the pool\\nOn every host." in shown
    assert "'rich_text_preformatted', 'elements': [{'type': 'text', 'text': 'SHOW POOLS;'}]" in (
        shown
    )
    assert "2. Restart it" in shown
    assert message.text == "Alice Archer runs the procedure “Restart the pool”: 2 steps."


@pytest.mark.parametrize("long", ["step", "x" * 9_000])
def test_a_long_procedure_says_how_many_steps_it_left_out(long: str) -> None:
    steps = tuple(Step(title=f"{n}", instructions=long, command=long) for n in range(100))

    message = execution_steps(an_execution(steps))

    assert list(message_problems(list(message.blocks))) == []
    left = message.blocks[-1]["elements"][0]["text"]
    assert left.endswith(" more to take are in the procedure itself.")
    assert int(left.split()[0]) >= 100 - MOST_STEPS


def test_a_procedure_without_steps_says_so() -> None:
    assert "The procedure has no steps." in words(execution_steps(an_execution(())).blocks)


def test_the_form_asks_once_more_with_what_was_filled_in() -> None:
    view = duplicates_modal(OFFERED, "memory", declared(FILLED), [INCIDENT])

    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
    assert "⚠️ *An incident that is going on may be the same.*" in words(view["blocks"])
    assert "*INC-3* Checkout answers 502 · <#C0OLD>" in words(view["blocks"])
    assert inputs["title"]["initial_value"] == "Checkout fails"
    assert inputs["severity"]["initial_option"]["value"] == "critical"
    assert [one["value"] for one in inputs["service_ids"]["initial_options"]] == ["svc_1"]
    assert inputs["description"]["initial_value"] == "Since the deployment."
    assert inputs["assignee_id"]["initial_user"] == "U0BOB"
    assert (view["callback_id"], view["private_metadata"]) == ("declare.anyway", "memory")
    assert view["submit"]["text"] == "Declare anyway"
    assert list(view_problems(view, "modal")) == []


def test_what_was_left_empty_stays_empty_in_it() -> None:
    view = duplicates_modal(OFFERED, "", declared({}), [INCIDENT])

    inputs = {block["block_id"]: block["element"] for block in view["blocks"] if "element" in block}
    assert "initial_options" not in inputs["service_ids"]
    assert "initial_user" not in inputs["assignee_id"]
    assert list(view_problems(view, "modal")) == []


def test_the_search_field_tells_of_enter_and_keeps_what_was_asked() -> None:
    [field, *rest] = search_blocks("pool timeout", [INCIDENT])

    assert field["dispatch_action"] is True
    assert field["element"]["initial_value"] == "pool timeout"
    assert "1 result for “pool timeout”" in words(rest)
    assert "What fixed it: Restarted PgBouncer." in words(rest)


def test_an_empty_search_is_a_field_alone() -> None:
    [field] = search_blocks("", [])

    assert "initial_value" not in field["element"]


ALLOWED = frozenset({"<#C0OLD>"})


def messages(text: str) -> list[b.Message]:
    row = replace(
        INCIDENT,
        title=text[:500],
        lead=text[:200],
        services=tuple(text[:200] for _ in range(20)),
        resolution=text,
        root_cause=text,
        reason=text,
    )
    records = [replace(row, kind=kind, reference="", id=kind) for kind in ("procedure", "article")]
    judged = [replace(row, verdict=verdict, judged_by=text[:200]) for verdict in Verdict]
    rows = [row, *judged, *records, *records, *records]
    step = Step(title=text[:300], instructions=text, command=text)
    return [
        looks_like(an_incident(title=text[:500]), rows),
        similar(IncidentId("inc_7"), "INC-7", rows[:5]),
        similar_to_words(text, rows[:5]),
        execution_steps(replace(an_execution((step,) * 20), title=text[:300], started_by=text)),
    ]


@pytest.mark.parametrize("text", CORPUS)
def test_hostile_text_stays_text(text: str) -> None:
    require_harmless(messages(text), ALLOWED)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_any_text_stays_text(text: str) -> None:
    require_harmless(messages(text), ALLOWED)


@pytest.mark.parametrize("text", CORPUS)
def test_no_text_does_anything_in_a_form_or_in_the_app_home(text: str) -> None:
    values = {"title": {"title": {"value": text[:150]}}}
    row = replace(INCIDENT, title=text[:500], resolution=text, reason=text)
    form = duplicates_modal(OFFERED, "", declared(values), [row, row, row])
    home = b.home(search_blocks(text[:1_000], [row] * 5), memory="2026-11")

    assert list(view_problems(form, "modal")) == []
    assert list(view_problems(home, "home")) == []


SERVICES = [
    Service(id=ServiceId(f"svc_{n}"), name=name, created_at=THEN)
    for n, name in enumerate(("checkout", "search"), start=1)
]
OFFERED = Offered(services=SERVICES, settings=usual_settings(THEN))
FILLED = {
    "title": {"title": {"value": "Checkout fails"}},
    "severity": {"severity": {"selected_option": {"value": "critical"}}},
    "service_ids": {"service_ids": {"selected_options": [{"value": "svc_1"}]}},
    "description": {"description": {"value": "Since the deployment."}},
    "assignee_id": {"assignee_id": {"selected_user": "U0BOB"}},
}


def an_execution(steps: tuple[Step, ...]) -> Execution:
    return Execution(
        id="exe_1",
        created_at=THEN,
        updated_at=THEN,
        procedure_id="prc_1",
        title="Restart the pool",
        steps=steps,
        incident_id=IncidentId("inc_7"),
        started_by="Alice Archer",
    )
