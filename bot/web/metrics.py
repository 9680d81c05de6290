"""What is counted and timed, and the page that Prometheus reads."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from time import perf_counter
from typing import TypeVar

from aiohttp import hdrs, web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports import Transactions, Work

R = TypeVar("R")

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"})
_ROUTE = ("method", "route")
_FAST = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

Depth = Callable[[], Awaitable[int]]


class Metrics:
    """One registry per application; children are looked up once, then called."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = self._counter("tocsin_http_requests", "Requests.", *_ROUTE, "status")
        self._seconds = self._histogram("tocsin_http_request_seconds", "Time to answer.", *_ROUTE)
        self._effects = self._counter("tocsin_effects", "Effects sent.", "kind", "outcome")
        self._stored = self._counter("tocsin_webhooks_stored", "Alert deliveries stored.")
        self._transactions = self._histogram(
            "tocsin_transaction_seconds", "Time of a command from the queue to its commit."
        )
        self._waiting = Gauge(
            "tocsin_waiting", "Rows to be worked off.", ("queue",), registry=self.registry
        )
        self._counts: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def request(self, method: str, route: str, status: int, seconds: float) -> None:
        """The `Meter` of the edge."""
        key = (method, route, status)
        children = self._counts.get(key) or self._children(key)
        children[0].inc()
        children[1].observe(seconds)

    def effect(self, kind: str, outcome: str) -> None:
        """The relay's `Observe`: delivered, postponed or buried."""
        self._effects.labels(kind, outcome).inc()

    def webhook_stored(self) -> None:
        self._stored.inc()

    def transaction(self, seconds: float) -> None:
        self._transactions.observe(seconds)

    async def page(self, depths: Mapping[str, Depth]) -> bytes:
        """Everything, in Prometheus' text form; queues that cannot be asked now are left out."""
        self._waiting.clear()
        for queue, depth in depths.items():
            try:
                waiting = await depth()
            except Unavailable:
                continue
            self._waiting.labels(queue).set(waiting)
        return generate_latest(self.registry)

    def _counter(self, name: str, meaning: str, *labels: str) -> Counter:
        return Counter(name, meaning, labels, registry=self.registry)

    def _histogram(self, name: str, meaning: str, *labels: str) -> Histogram:
        return Histogram(name, meaning, labels, buckets=_FAST, registry=self.registry)

    def _children(self, key: tuple[str, str, int]) -> tuple[Counter, Histogram]:
        method, route, status = key
        # Anything can stand where the method does; only real ones get a series of their own.
        shown = method if method in _METHODS else "other"
        children = self._requests.labels(shown, route, status), self._seconds.labels(shown, route)
        if shown == method:
            self._counts[key] = children
        return children


class MeasuredTransactions:
    """Transactions that tell how long each took, waiting included."""

    def __init__(self, transactions: Transactions, metrics: Metrics) -> None:
        self._transactions = transactions
        self._metrics = metrics

    async def run(self, organization_id: OrganizationId, work: Work[R]) -> R:
        started = perf_counter()
        try:
            return await self._transactions.run(organization_id, work)
        finally:
            self._metrics.transaction(perf_counter() - started)


def add_metrics(app: web.Application, metrics: Metrics, depths: Mapping[str, Depth]) -> None:
    """`depths` are asked whenever the page is read: `{"inbox": inbox.waiting, …}`."""
    app.router.add_get("/metrics", partial(_page, metrics, depths))


async def _page(metrics: Metrics, depths: Mapping[str, Depth], _: web.Request) -> web.Response:
    body = await metrics.page(depths)
    return web.Response(body=body, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_PLAIN_0_0_4})
