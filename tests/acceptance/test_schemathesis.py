"""Schemathesis finds nothing in the whole API that its document does not say."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.acceptance.schemathesis_campaign import GENEROUS, campaign
from tests.processes import Tocsin, free_port

SHOWN = 20_000
"""Characters of the report that a failure shows, from its end."""


@pytest.fixture
async def tocsin(tmp_path: Path) -> AsyncIterator[Tocsin]:
    """Without Slack: the REST API is all that is asked."""
    settings = {
        "TOCSIN_PORT": str(free_port()),
        "TOCSIN_DATA_DIR": str(tmp_path / "data"),
        "TOCSIN_LOG_LEVEL": "warning",
        **GENEROUS,
    }
    tocsin = Tocsin(settings, tmp_path)
    await tocsin.start()
    yield tocsin
    await tocsin.stop()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("phases", "examples"),
    [("examples,coverage", 1), ("fuzzing,stateful", 5)],
    ids=["what the document names", "what it leaves open, and one thing after another"],
)
async def test_every_operation_answers_as_documented(
    tocsin: Tocsin, phases: str, examples: int
) -> None:
    verdict = await campaign(tocsin, phases=phases, examples=examples, seed=1)

    assert verdict.passed, verdict.output[-SHOWN:]
    assert verdict.still_signed_in, "From somewhere on every request was answered 401."
