"""Schemathesis finds nothing in the whole API that its document does not say."""

from pathlib import Path

import pytest

from tests.acceptance.schemathesis_campaign import a_server, campaign

SHOWN = 20_000
"""Characters of the report that a failure shows, from its end."""


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("phases", "examples"),
    [("examples,coverage", 1), ("fuzzing,stateful", 5)],
    ids=["what the document names", "what it leaves open, and one thing after another"],
)
async def test_every_operation_answers_as_documented(
    tmp_path: Path, phases: str, examples: int
) -> None:
    async with a_server(tmp_path) as tocsin:
        verdict = await campaign(tocsin, phases=phases, examples=examples, seed=1)

    assert verdict.passed, verdict.output[-SHOWN:]
    assert verdict.still_signed_in, "From somewhere on every request was answered 401."
