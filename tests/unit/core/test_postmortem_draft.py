"""The draft of a postmortem, its sections, and the Markdown that people's words become."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from core.domain.chronicle import Line, LineKind
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.ids import UserId
from core.domain.markdown import literal, literal_lines
from core.domain.postmortem import MAX_BODY
from core.domain.postmortem_draft import Alike, Story, document_of, draft_of
from core.domain.postmortem_sections import (
    Section,
    body_of,
    sections_of,
    with_more,
    with_texts,
)
from core.domain.state import State
from core.language import Catalogue, speaking
from tests.fakes.moment import NOON
from tests.unit.core.incidents import a_draft

BOB = UserId("usr_bob")


def a_story(**parts: object) -> Story:
    incident = replace(
        a_draft(),
        state=State.RESOLVED,
        resolved_at=NOON + timedelta(minutes=90),
        root_cause="The pool was full.",
        resolution="A larger pool.",
    )
    story = Story(incident=incident, people={BOB: "Bob Brook"}, lead="Alice Archer")
    return replace(story, **parts)  # type: ignore[arg-type]


def a_line(text: str, minutes: int = 0) -> Line:
    at = NOON + timedelta(minutes=minutes)
    return Line(id=f"l{minutes}", at=at, kind=LineKind.NOTE, text=text, author="Bob Brook")


def a_task(title: str, **parts: object) -> FollowUp:
    task = FollowUp(
        id="fup_1",
        created_at=NOON,
        updated_at=NOON,
        incident_id=a_draft().id,
        title=title,
    )
    return replace(task, **parts)  # type: ignore[arg-type]


def section(body: str, heading: str) -> str:
    return next(one.text for one in sections_of(body) if one.heading == heading)


def test_it_begins_with_what_can_be_counted() -> None:
    facts = sections_of(draft_of(a_story(players=[("Scribe", "Carol")], services=["Checkout"])))[0]

    assert "- **Status:** Resolved" in facts.text
    assert "- **Started:** 2030-01-01 12:00 UTC" in facts.text
    assert "- **Lasted:** 1 h 30 min" in facts.text
    assert "- **Lead:** Alice Archer" in facts.text
    assert "- **Scribe:** Carol" in facts.text
    assert "- **Services:** Checkout" in facts.text


def test_what_is_known_stands_in_it_and_what_only_people_know_is_asked_for() -> None:
    body = draft_of(a_story())

    assert section(body, "Root cause") == "The pool was full."
    assert section(body, "What fixed it") == "A larger pool."
    assert section(body, "Impact") == "_Who was affected, how, and for how long?_"


def test_the_history_is_read_in_the_zone_of_the_organisation() -> None:
    story = a_story(lines=[a_line("We restart.")], timezone="Europe/Berlin")

    assert section(draft_of(story), "Timeline") == (
        "- **2030-01-01 13:00 Europe/Berlin** We restart."
    )


def test_a_long_history_is_cut_and_says_so() -> None:
    story = a_story(lines=[a_line("Again.", minutes) for minutes in range(400)])

    assert section(draft_of(story), "Timeline").endswith(
        "- and 100 more lines, in the timeline of the incident"
    )


def test_no_history_makes_it_longer_than_can_be_kept() -> None:
    story = a_story(lines=[a_line("*" * 5_000, minutes) for minutes in range(400)])

    assert len(draft_of(story)) <= MAX_BODY


def test_tasks_are_boxes_with_owner_and_time_and_without_what_nobody_does() -> None:
    tasks = [
        a_task("Raise the pool", assignee_id=BOB, due_at=NOON),
        a_task("Add an alert", status=FollowUpStatus.COMPLETED),
        a_task("Rewrite it", status=FollowUpStatus.NOT_DOING),
    ]

    assert section(draft_of(a_story(tasks=tasks)), "Tasks").splitlines() == [
        "- [ ] Raise the pool (Bob Brook, due 2030-01-01 12:00 UTC)",
        "- [x] Add an alert",
    ]


def test_similar_incidents_stand_in_it_with_what_fixed_them() -> None:
    alike = [Alike(reference="INC-3", title="Checkout", resolution="A restart.")]

    assert section(draft_of(a_story(alike=alike)), "Similar incidents") == (
        "- **INC-3** Checkout: A restart."
    )


def test_it_is_written_in_the_language_spoken() -> None:
    german = Catalogue(language="de", templates={"Impact": "Auswirkung"})

    with speaking(german):
        body = draft_of(a_story())

    assert section(body, "Auswirkung")


def test_peoples_words_are_no_markdown() -> None:
    typed = "# *Big* [x](https://evil.example) ![](@U1) <b> `code`\n## Root cause"

    body = draft_of(a_story(lines=[a_line(typed)]))

    assert [one.heading for one in sections_of(body)].count("Root cause") == 1
    assert "\\[x\\](https" in body
    assert literal("1\n2") == "1 2"
    assert literal_lines("- one\n1. two") == "\\- one\n\\1. two"


@given(st.text())
def test_no_words_make_a_heading_or_a_link(text: str) -> None:
    for made in (literal(text), literal_lines(text)):
        lines = made.splitlines()

        assert not any(line.lstrip().startswith("#") for line in lines)
        assert "](" not in made.replace("\\]", "")


HEADINGS = st.text(alphabet="abc XYZ", min_size=1).map(str.strip).filter(bool)
TEXTS = st.lists(st.text(alphabet="abc *-_#", max_size=20), max_size=4).map(
    lambda lines: "\n".join(line for line in lines if not line.startswith("## ")).strip()
)


@given(TEXTS, st.lists(st.tuples(HEADINGS, TEXTS), max_size=4))
def test_a_body_taken_apart_is_put_together_again(first: str, rest: list[tuple[str, str]]) -> None:
    sections = [
        Section(heading="", text=first),
        *(Section(heading=heading, text=text) for heading, text in rest),
    ]

    assert sections_of(body_of(sections)) == sections


def test_other_words_of_a_section_make_no_section_of_their_own() -> None:
    body = "# Title\n\n## Summary\n\nOld\n\n## Impact\n\nNone\n"

    changed = with_texts(body, {1: "New\n## Impact\nAll", 9: "Nowhere"})

    assert [one.heading for one in sections_of(changed)] == ["", "Summary", "Impact"]
    assert section(changed, "Summary") == "New\n### Impact\nAll"


def test_more_is_added_at_the_end_of_its_section_or_in_a_new_one() -> None:
    body = with_more("## Summary\n\nShort\n", "People", "**Bob:** Yes")

    assert with_more(body, "People", "**Carol:** No") == (
        "## Summary\n\nShort\n\n## People\n\n**Bob:** Yes\n\n**Carol:** No\n"
    )


def test_a_question_nobody_answered_stays_and_an_answer_may_be_taken_back() -> None:
    body = draft_of(a_story())
    places = [one.heading for one in sections_of(body)]
    impact, fixed = places.index("Impact"), places.index("What fixed it")

    changed = with_texts(body, {impact: "  ", fixed: ""})

    assert sections_of(changed)[impact].question == "Who was affected, how, and for how long?"
    assert section(changed, "What fixed it") == ""


def test_as_a_file_it_has_its_title_on_top() -> None:
    assert document_of("It *broke*", "Words\n") == "# It \\*broke\\*\n\nWords\n"
