"""The times of what happened are on the clock of whoever reads it, and those of people stay."""

from dataclasses import replace
from datetime import timedelta

from bot.slack.text import moment
from bot.slack.views.following import digest_line
from bot.slack.views.notices import timeline_notice
from bot.slack.views.timeline import TimelinePage, timeline_page
from core.domain import events as e
from core.domain.actor import Actor, Surface
from core.domain.chronicle import Line, chronicle
from core.domain.ids import IncidentId, NoteId
from core.domain.narration import narrate
from core.domain.timeline_edit import TimelineEdit
from core.domain.wording import minute
from tests.unit.slack.cards import THEN, an_entry, an_incident

UNTIL = THEN + timedelta(hours=2)
ALICE = Actor(surface=Surface.SLACK, name="Alice Archer")
SNOOZED = e.IncidentSnoozed(incident_id=IncidentId("inc_7"), by=ALICE, at=THEN, until=UNTIL)
NOTED = e.NoteAdded(
    incident_id=IncidentId("inc_7"),
    by=ALICE,
    at=THEN,
    note_id=NoteId("not_1"),
    text=f"It began at {minute(UNTIL)} & went on",
)


def words_of(line: Line) -> str:
    page = timeline_page(an_incident(), TimelinePage(lines=[line]), editable=False)
    said: str = page.blocks[-1]["text"]["text"]
    return said


def test_the_channel_reads_until_when_it_is_snoozed_on_the_clock_of_each_reader() -> None:
    message = timeline_notice(an_entry(SNOOZED))

    assert message.text == f"💤 Alice Archer snoozed the incident until {moment(UNTIL)}."
    assert message.text in str(message.blocks)


def test_so_do_those_who_follow_it_and_the_timeline() -> None:
    followed = digest_line(an_entry(SNOOZED), an_incident())
    [line] = chronicle([an_entry(SNOOZED)])

    assert f"until {moment(UNTIL)}." in followed.text
    assert f"until {moment(UNTIL)}." in words_of(line)


def test_where_no_clock_is_known_the_time_is_in_utc() -> None:
    [line] = chronicle([an_entry(SNOOZED)])

    assert line.text == narrate(SNOOZED)
    assert line.text.endswith(" UTC.")


def test_a_time_that_a_person_wrote_is_left_as_it_is() -> None:
    [line] = chronicle([an_entry(NOTED)])
    words = f"It began at {minute(UNTIL)} & went on"

    assert words in words_of(line)
    assert words.replace("&", "&amp;") in timeline_notice(an_entry(NOTED)).text


def test_a_line_in_other_words_is_left_as_it_is() -> None:
    edit = TimelineEdit(
        id="ted_1",
        incident_id=IncidentId("inc_7"),
        line_id="ent_1",
        text=f"Put off until {minute(UNTIL)}",
        created_at=THEN,
        updated_at=THEN,
    )

    [line] = chronicle([an_entry(SNOOZED)], edits=[edit])

    assert f"Put off until {minute(UNTIL)}" in words_of(line)


def test_words_of_people_are_read_by_followers_as_they_were_typed() -> None:
    typed = "Run `rm *_tmp*` & see <#C1>"

    [words, below] = digest_line(an_entry(replace(NOTED, text=typed)), an_incident()).blocks

    assert words["text"]["type"] == "plain_text"
    assert words["text"]["text"].endswith(typed)
    assert moment(THEN) in str(below)
