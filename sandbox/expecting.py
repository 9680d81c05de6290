"""The referee's findings as a verdict: none may be left that nobody expected."""

from collections.abc import Iterable

from sandbox.facts.findings import FINDINGS
from sandbox.json_types import Json


class UnexpectedFindings(AssertionError):
    """The referee whistled where nobody expected it, or did not where somebody did."""


class Expectations:
    """Which findings a test means to cause; every other one makes it fail."""

    def __init__(self) -> None:
        self._codes: set[str] = set()
        self._allowed: set[str] = set()

    def expect(self, *codes: str) -> None:
        """These must come."""
        self._codes.update(_known(codes))

    def allow(self, *codes: str) -> None:
        """These may come."""
        self._allowed.update(_known(codes))

    def judge(self, findings: Iterable[Json]) -> None:
        """`UnexpectedFindings` with a line for each surprise."""
        seen = list(findings)
        lines = [
            f"{finding['code']}: {finding['message']}"
            for finding in seen
            if finding["code"] not in self._codes | self._allowed
        ]
        never = self._codes - {finding["code"] for finding in seen}
        lines += [f"{code}: was expected, and the referee saw none." for code in sorted(never)]
        if lines:
            raise UnexpectedFindings("\n".join(lines))


def _known(codes: tuple[str, ...]) -> tuple[str, ...]:
    for code in codes:
        if code not in FINDINGS:
            raise LookupError(f"There is no finding {code!r}, but {', '.join(sorted(FINDINGS))}.")
    return codes
