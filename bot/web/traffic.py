"""Requests, counted and timed in plain numbers; turned into metrics only when somebody looks."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Seconds."""

_NAMES = (*(f"{bound:g}" for bound in BOUNDS), "+Inf")
_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})


class _Series:
    __slots__ = ("buckets", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * len(_NAMES)
        self.seconds = 0.0


class Traffic(Collector):
    """Written on the event loop only, on every request: hence no locks and no objects."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str, int], _Series] = {}

    def note(self, method: str, route: str, status: int, seconds: float) -> None:
        series = self._series.get((method, route, status)) or self._begin(method, route, status)
        series.buckets[bisect_left(BOUNDS, seconds)] += 1
        series.seconds += seconds

    def collect(self) -> Iterator[Metric]:
        labels = ("method", "route", "status")
        requests = CounterMetricFamily("tocsin_http_requests", "Requests.", labels=labels)
        seconds = HistogramMetricFamily(
            "tocsin_http_request_seconds", "Time to answer.", labels=labels
        )
        for (method, route, status), series in self._series.items():
            values = (method, route, str(status))
            counts = list(accumulate(series.buckets))
            requests.add_metric(values, counts[-1])
            seconds.add_metric(values, list(zip(_NAMES, counts, strict=True)), series.seconds)
        yield requests
        yield seconds

    def _begin(self, method: str, route: str, status: int) -> _Series:
        # Anything can stand where the method does; only real ones get a series of their own.
        shown = method if method in _METHODS else "other"
        return self._series.setdefault((shown, route, status), _Series())
