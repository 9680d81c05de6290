"""The page about errors says what is answered."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

from bot.web.problems import LABELS, Issue, Problem, body_of, type_of

PAGE = (Path(__file__).parents[3] / "docs/api/errors.md").read_text(encoding="utf-8")
SOURCES = sorted((Path(__file__).parents[3] / "bot").rglob("*.py"))


def test_the_example_is_what_would_be_answered() -> None:
    example = json.loads(re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)[0])
    issue = Issue(code="is_required", message="Title is required.", field="title")
    at = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)

    answered = body_of(
        Problem(status=422, issues=(issue,)),
        path=example["path"],
        request_id=example["request_id"],
        now=at,
    )

    assert json.loads(answered) == example


def test_the_table_has_the_right_words() -> None:
    rows = re.findall(r"^\| (\d{3}) \| `(\w+)` \| ([A-Z][a-z ]+) \|", PAGE, re.MULTILINE)

    assert len(rows) == 14
    assert all((type_of(int(s)), LABELS[int(s)]) == (kind, label) for s, kind, label in rows)


def test_every_code_is_on_the_page() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
    given = re.findall(r"(?:code=|refusal\(\s*\d{3}, |unauthorized\(\s*)\"([a-z_]+)\"", text)

    assert set(given) > {"is_required", "invalid_api_key", "payload_too_large"}
    assert [code for code in sorted(set(given)) if f"`{code}`" not in PAGE] == []
