"""The draft of a postmortem, its sections, and the Markdown that people's words become."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.chronicle import Line, LineKind
from core.domain.follow_up import FollowUp, FollowUpStatus
from core.domain.ids import IncidentId, UserId
from core.domain.markdown import linked, literal, literal_lines
from core.domain.postmortem import MAX_BODY
from core.domain.postmortem_draft import Alike, Story, document_of, draft_of, redrawn
from core.domain.postmortem_sections import (
    Section,
    body_of,
    empty_headings,
    sections_of,
    with_more,
    with_texts,
    without_empty,
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


def test_what_the_organisation_asks_of_its_incidents_stands_among_the_facts() -> None:
    asked = {
        "Region": ("us-1", "eu-1"),
        "Order *no*": ("<42>",),
        "Ticket": ("https://t.example/7",),
    }

    facts = sections_of(draft_of(a_story(own_fields=asked)))[0].text

    assert "- **Region:** us-1, eu-1" in facts
    assert "- **Order \\*no\\*:** <42>" in facts
    assert "- **Ticket:** [t.example/7](https://t.example/7)" in facts


def test_the_call_and_the_links_that_were_filled_in_can_be_followed() -> None:
    links = ("https://graphs.example.com/a_b(1)", "the wiki *page*")
    incident = replace(a_story().incident, call_url="https://meet.example.com/x", links=links)

    body = draft_of(a_story(incident=incident))

    facts = sections_of(body)[0].text
    assert "- **Call:** [meet.example.com/x](https://meet.example.com/x)" in facts
    assert section(body, "Links") == (
        "- [graphs.example.com/a_b%281%29](https://graphs.example.com/a_b%281%29)\n"
        "- the wiki \\*page\\*"
    )


def test_nothing_is_said_of_what_nobody_filled_in() -> None:
    body = draft_of(a_story())

    assert "**Call:**" not in body
    assert "Links" not in body


def test_what_was_merged_is_not_called_canceled() -> None:
    story = a_story()
    merged = replace(story.incident, state=State.CANCELED, merged_into=IncidentId("inc_6"))

    assert "- **Status:** Merged" in draft_of(replace(story, incident=merged))


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


def test_what_somebody_wrote_in_the_channel_stands_under_their_name() -> None:
    message = replace(a_line("We see 3 %."), kind=LineKind.MESSAGE, files=("graph.png",))

    assert section(draft_of(a_story(lines=[message])), "Timeline") == (
        "- **2030-01-01 12:00 UTC** Bob Brook wrote: We see 3 %. (graph.png)"
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
    assert "[x\\](https" in body
    assert "![\\](@U1)" in body


@pytest.mark.parametrize(
    "words",
    [
        "It moved to #inc-20300101-search, see <#C1> on a@example.com!",
        "checkout_api_v2 needs 5 * 3 pods, {a|b} > ~5 in C:\\temp",
        "-5 degrees (50%) & [sic]",
    ],
)
def test_what_can_mean_nothing_else_is_read_in_a_form_as_it_was_written(words: str) -> None:
    assert literal(words).replace("\\<", "<") == words


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        ("*do not* _touch_ __init__", "\\*do not\\* \\_touch\\_ \\_\\_init\\_\\_"),
        ("~~gone~~ `code`", "~\\~gone\\~\\~ \\`code\\`"),
        ("<b> <!channel> <https://evil.example>", "\\<b> \\<!channel> \\<https://evil.example>"),
        ("&lt; \\* end\\", "\\&lt; \\\\\\* end\\\\"),
        ("# one", "\\# one"),
        ("> said", "\\> said"),
        ("- one", "\\- one"),
        ("+", "\\+"),
        ("12. twelve", "12\\. twelve"),
        ("|---|---|", "\\|---|---|"),
        ("===", "\\==="),
        ("Checkout #", "Checkout \\#"),
        ("one\n two", "one two"),
    ],
)
def test_what_would_mean_something_else_does_not(words: str, escaped: str) -> None:
    assert literal(words) == escaped


def test_lines_stay_lines_and_none_becomes_code() -> None:
    assert literal_lines("- one\n1. two\n\n    set in") == "\\- one\n1\\. two\n\nset in"


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


def test_more_stands_where_it_stood_before_whatever_that_is_called_now() -> None:
    body = with_more(
        "## Woran sich Beteiligte erinnern\n\n**Bob:** Ja\n", "People", "**Carol:** No"
    )

    both = with_more(body, "People", "**Dave:** Yes", also={"Woran sich Beteiligte erinnern"})

    assert [one.heading for one in sections_of(both)] == [
        "",
        "Woran sich Beteiligte erinnern",
        "People",
    ]
    assert section(both, "Woran sich Beteiligte erinnern") == "**Bob:** Ja\n\n**Dave:** Yes"


def test_those_who_were_asked_nothing_read_only_what_somebody_wrote() -> None:
    body = draft_of(a_story(lines=[a_line("We restart.")]))

    assert empty_headings(body) == [
        "Summary",
        "Impact",
        "What went well",
        "What went badly",
        "What we change",
        "What people remember",
    ]
    assert empty_headings(without_empty(body)) == []
    assert section(without_empty(body), "Root cause") == "The pool was full."


def test_as_a_file_it_has_its_title_on_top() -> None:
    assert document_of("It *broke*", "Words\n") == "# It \\*broke\\*\n\nWords\n"


@given(st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1))
def test_whatever_is_filled_in_as_a_link_ends_where_it_ends(text: str) -> None:
    words, _, url = linked(f"https://{text}").removeprefix("[").removesuffix(")").partition("](")

    assert url.startswith("https://")
    assert not set("()<>[]\\ ") & set(url)
    assert "]" not in words


@pytest.mark.parametrize("text", ["javascript:alert(1)", "https://", "https://a b", "ftp://x", ""])
def test_what_is_no_address_of_a_page_is_no_link(text: str) -> None:
    assert linked(text) == literal(text)


def test_drawn_anew_only_facts_timeline_and_tasks_are_others() -> None:
    story = a_story(lines=[a_line("We restrat.")], tasks=[a_task("Raise the pool")])
    places = [one.heading for one in sections_of(draft_of(story))]
    written = with_texts(draft_of(story), {places.index("Impact"): "All of them."})
    known = replace(story, lead="Bob Brook", lines=[a_line("We restart.")], tasks=[])

    anew = redrawn(written, known, timelines=(), tasks_=())

    assert anew == with_texts(draft_of(known), {places.index("Impact"): "All of them."})


def test_what_is_called_otherwise_by_now_is_drawn_anew_in_its_place() -> None:
    body = "- **Lead:** Alice\n\n## Verlauf\n\nOld\n\n## Impact\n\nNone\n"

    anew = redrawn(body, a_story(lines=[a_line("New")]), timelines={"Verlauf"}, tasks_=())

    assert [one.heading for one in sections_of(anew)] == ["", "Verlauf", "Impact", "Tasks"]
    assert section(anew, "Verlauf").endswith("New")


def test_what_people_wrote_at_the_top_is_not_taken_for_facts() -> None:
    body = "- **Lead:** Alice\n\nWe were lucky.\n\n## Timeline\n\nOld\n"

    anew = redrawn(body, a_story(), timelines=(), tasks_=())

    assert sections_of(anew)[0].text == "- **Lead:** Alice\n\nWe were lucky."


def test_drawn_anew_it_is_no_longer_than_can_be_kept() -> None:
    story = a_story(lines=[a_line("*" * 400, minutes) for minutes in range(300)])

    anew = redrawn(draft_of(a_story()), story, timelines=(), tasks_=())

    assert "- and 250 more lines" in anew
    assert len(anew) <= MAX_BODY
