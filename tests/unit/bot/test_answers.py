"""Answers of commands: in words or as one object, and complaints as both."""

import json

import pytest

from bot.answers import Answer, complain, say, table

ANSWER = Answer(object={"id": "svc_1", "name": "Überweisung"}, words="It is added.")


def test_a_person_reads_the_words(capsys: pytest.CaptureFixture[str]) -> None:
    say(ANSWER, as_json=False)

    assert capsys.readouterr().out == "It is added.\n"


def test_a_program_reads_one_object_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    say(ANSWER, as_json=True)

    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {"id": "svc_1", "name": "Überweisung"}


def test_a_complaint_goes_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    complain("No.", as_json=False)

    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "No.\n")


def test_a_program_gets_the_complaint_as_an_object_too(capsys: pytest.CaptureFixture[str]) -> None:
    complain("No.", as_json=True)

    captured = capsys.readouterr()
    assert json.loads(captured.out) == {"error": {"message": "No."}}
    assert captured.err == "No.\n"


def test_columns_are_as_wide_as_they_need() -> None:
    text = table(("ID", "NAME"), [("1", "checkout"), ("22", "x")], empty="Nothing.")

    assert text.splitlines() == ["ID  NAME", "1   checkout", "22  x"]


def test_no_rows_are_a_sentence() -> None:
    assert table(("ID",), [], empty="Nothing.") == "Nothing."
