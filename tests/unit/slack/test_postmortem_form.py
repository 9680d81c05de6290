"""The form of a postmortem: long sections in several fields, and what two people changed."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.slack.postmortem.merging import every_part, merged, parts_of, seals_of
from bot.slack.text import units
from bot.slack.views import postmortem_form as form
from core.domain.ids import IncidentId
from core.domain.postmortem import MAX_BODY, Postmortem
from core.domain.postmortem_sections import sections_of
from tests.fakes.moment import NOON

BODY = "- **Lead:** Bob\n\n## Impact\n\n_Who was affected?_\n\n## Notes\n\nOne\n\n## Notes\n\nTwo\n"


def a_postmortem(body: str = BODY) -> Postmortem:
    return Postmortem(
        id="pmt_1",
        created_at=NOON,
        updated_at=NOON,
        incident_id=IncidentId("inc_1"),
        title="It broke",
        body=body,
    )


def opened(written: Postmortem) -> dict[str, Any]:
    return form.edit_form(written.title, parts_of(written), "")


def sent(view: dict[str, Any], **typed: str) -> dict[str, Any]:
    """As Slack sends it: `typed` by the labels of the fields, the rest as it was shown."""
    values = {
        block["block_id"]: {
            block["block_id"]: {
                "value": typed.get(
                    block["label"]["text"], block["element"].get("initial_value") or None
                )
            }
        }
        for block in view["blocks"]
        if block["type"] == "input"
    }
    return {**view, "state": {"values": values}}


def labels(view: dict[str, Any]) -> list[str]:
    return [one["label"]["text"] for one in view["blocks"] if one["type"] == "input"]


LINES = st.lists(
    st.tuples(st.sampled_from(["word ", "x", "\U0001f525", "long "]), st.integers(1, 1500)).map(
        lambda one: one[0] * one[1]
    ),
    max_size=12,
)


@given(st.tuples(LINES, st.sampled_from(["\n", "\n\n\n"])))
def test_a_text_of_whatever_length_is_the_same_put_together_again(
    given: tuple[list[str], str],
) -> None:
    lines, between = given
    text = between.join(lines).strip()
    written = a_postmortem(f"## Notes\n\n{text}\n")

    read = form.filled(sent(opened(written)))

    [section] = [one for one in sections_of(written.body) if one.heading]
    assert [*read.texts.values()] == [section.text]
    assert all(units(one.text) <= form.LONGEST for one in form.pieces_of(section.text))


def test_what_is_sent_as_it_was_shown_changes_nothing() -> None:
    written = a_postmortem()

    found = merged(written, form.filled(sent(opened(written))), seals_of(written))

    assert (found.title, found.body) == (written.title, written.body)
    assert not found.clashes | found.gone


def test_sections_of_one_heading_are_told_apart() -> None:
    written = a_postmortem()
    now = replace(written, body=written.body.replace("One", "First"))
    filled = form.filled(sent(opened(written)))
    second = parts_of(written)[-1].key
    mine = replace(filled, texts={**filled.texts, second: "Second"})

    found = merged(now, mine, seals_of(written))

    assert not found.clashes
    assert [one.text for one in sections_of(found.body)[2:]] == ["First", "Second"]


def test_an_emptied_field_of_several_leaves_no_gap() -> None:
    lines = "\n".join("w" * 1000 for _ in range(6))
    view = opened(a_postmortem(f"## Notes\n\n{lines}\n"))

    read = form.filled(sent(view, **{"Notes (2 of 3)": ""}))

    assert labels(view) == ["Title", "Notes (1 of 3)", "Notes (2 of 3)", "Notes (3 of 3)"]
    assert [*read.texts.values()] == ["\n".join(["w" * 1000] * 4)]


def test_what_was_written_in_a_section_that_was_taken_away_is_refused_there() -> None:
    written = a_postmortem()
    view = sent(opened(written), Impact="All of them.")
    now = replace(written, body="## Summary\n\nShort\n")

    found = merged(now, form.filled(view), seals_of(written))

    [gone] = found.gone
    assert form.first_field(view, gone) == next(
        one["block_id"] for one in view["blocks"] if one["label"]["text"] == "Impact"
    )
    assert found.body == now.body


def test_who_changed_the_same_is_shown_the_other_text_and_decides() -> None:
    written = a_postmortem()
    now = replace(written, title="Search broke", body=written.body.replace("One", "First"))
    shown = seals_of(written)
    mine = sent(opened(written), Title="The index broke")
    mine["state"]["values"] = {
        id: {id: {"value": "Mine" if one[id]["value"] == "One" else one[id]["value"]}}
        for id, one in mine["state"]["values"].items()
    }

    found = merged(now, form.filled(mine), shown)
    parts = {one.key: one for one in parts_of(now) if one.key in found.clashes}
    view = form.contested(mine, parts, now.title, "")
    again = form.contested(sent(view), parts, now.title, "")
    settled = merged(now, form.filled(sent(again)), {**shown, **seals_of(now)})

    assert found.clashes == {form.TITLE, *parts}
    assert [one.text for one in parts.values()] == ["First"]
    said = [one["text"]["text"] for one in view["blocks"] if one["type"] == "section"]
    assert [said[2], said[4]] == ["Search broke", "First"]
    assert again["blocks"] == view["blocks"]
    assert not settled.clashes
    assert (settled.title, sections_of(settled.body)[2].text) == ("The index broke", "Mine")


def test_no_postmortem_makes_a_form_that_slack_does_not_take() -> None:
    line = "- **2030-01-01 12:00 UTC** " + "Ä\U0001f525" * 300
    lines = "\n".join([line] * (MAX_BODY // len(line)))
    written = a_postmortem(f"{BODY}\n## Timeline\n\n{lines}\n")

    view = opened(written)
    there = form.filled(sent(view)).texts
    clashes = {one.key: one for one in parts_of(written) if one.key in there}
    crowded = form.contested(sent(view), clashes, "It", "")

    for one in (view, crowded):
        assert len(one["blocks"]) <= 100
        assert len(json.dumps(one, ensure_ascii=False).encode()) < 250_000
    assert {"Facts", "Impact", "Notes"} <= {*labels(view)}
    assert "“Timeline” has no room in this form" in str(view["blocks"])


def test_however_many_sections_there_are_slack_takes_the_form() -> None:
    text = "\n".join(["w" * 1000] * 3)
    written = a_postmortem("\n\n".join(f"## {number}\n\n{text}" for number in range(30)))
    other = a_postmortem(written.body.replace("w", "v"))

    view = opened(written)
    parts = {one.key: one for one in parts_of(other)[: form.MOST_TOLD]}
    there = {key: one for key, one in parts.items() if key in form.filled(sent(view)).texts}
    crowded = form.contested(sent(view), there, "", "")

    fields = [block for block in view["blocks"] if block["type"] == "input"]
    assert len(crowded["blocks"]) <= 100
    assert [one for one in crowded["blocks"] if one["type"] == "input"] == fields


def test_what_a_form_remembers_has_room() -> None:
    body = "\n\n".join(f"## {number}\n\nText" for number in range(300))

    seals = seals_of(a_postmortem(body))

    assert len(json.dumps(seals)) < 2_000


def test_facts_that_somebody_emptied_meanwhile_are_told_apart_as_well() -> None:
    written = a_postmortem()
    now = replace(written, body=written.body.partition("\n\n")[2])
    mine = sent(opened(written), Facts="- **Lead:** Carol")

    found = merged(now, form.filled(mine), seals_of(written))

    [clash] = found.clashes
    assert [one.label for one in every_part(now) if one.key == clash] == ["Facts"]
    assert clash in seals_of(now)
    assert "Facts" not in labels(opened(now))
