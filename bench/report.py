"""How results are printed: one line each, the ratio to the bare handler first."""

from dataclasses import dataclass
from statistics import median

from bench.load import Load


@dataclass(frozen=True, slots=True)
class Target:
    """What we hold ourselves to: a least ratio to the bare handler."""

    name: str
    ratio: float


def throughput(target: Target, ours: list[Load], bare: list[Load]) -> str:
    """Medians over the rounds, which alternate between the two servers."""
    mine, theirs = _rate(ours), _rate(bare)
    ratio = mine / theirs if theirs else 0.0
    verdict = "met" if ratio >= target.ratio else f"missed by {target.ratio - ratio:.2f}"
    return (
        f"{target.name:<44} {ratio:5.2f} of bare (target {target.ratio:.2f}: {verdict})"
        f"   {mine:7,.0f}/s against {theirs:7,.0f}/s"
        f"   p50 {_ms(ours, 0.5):6.1f} ms  p99 {_ms(ours, 0.99):6.1f} ms{_failures(ours)}"
    )


def latency(name: str, limit: float, ours: list[Load], bare: list[Load]) -> str:
    """p99 in milliseconds against `limit`, with the ratio of rates beside it."""
    p99 = _ms(ours, 0.99)
    verdict = "met" if p99 < limit else "missed"
    ratio = _rate(ours) / _rate(bare) if _rate(bare) else 0.0
    return (
        f"{name:<44} {ratio:5.2f} of bare   p99 {p99:6.1f} ms (target {limit:.0f} ms: {verdict})"
        f"   p50 {_ms(ours, 0.5):6.1f} ms   {_rate(ours):7,.0f}/s{_failures(ours)}"
    )


def _rate(loads: list[Load]) -> float:
    return median(load.rate for load in loads)


def _ms(loads: list[Load], share: float) -> float:
    return 1000 * median(load.percentile(share) for load in loads)


def _failures(loads: list[Load]) -> str:
    failures = sum(load.failures for load in loads)
    return f"   {failures} FAILED" if failures else ""
