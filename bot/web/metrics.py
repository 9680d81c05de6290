"""What is counted and timed, and the page that Prometheus reads."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from time import perf_counter
from typing import TypeVar

from aiohttp import hdrs, web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4

from bot.web.edge import Meter
from bot.web.traffic import BOUNDS, Traffic
from core.domain.ids import OrganizationId
from core.errors import Unavailable
from core.ports import Found, Search, SearchQuery, Suggestion, Transactions, Work

R = TypeVar("R")

Depth = Callable[[], Awaitable[int]]


class Metrics:
    """One registry per application. `request` is the meter of the edge."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._traffic = Traffic()
        self.registry.register(self._traffic)
        self.request: Meter = self._traffic.note
        self._effects = self._counter("tocsin_effects", "Effects sent.", "kind", "outcome")
        self._stored = self._counter("tocsin_webhooks_stored", "Alert deliveries stored.")
        self._transactions = Histogram(
            "tocsin_transaction_seconds",
            "Time of a command from the queue to its commit.",
            buckets=BOUNDS,
            registry=self.registry,
        )
        self._searches = Histogram(
            "tocsin_search_seconds", "Time of a search.", buckets=BOUNDS, registry=self.registry
        )
        self._waiting = Gauge(
            "tocsin_waiting", "Rows to be worked off.", ("queue",), registry=self.registry
        )

    def effect(self, kind: str, outcome: str) -> None:
        """The relay's `Observe`: delivered, postponed or buried."""
        self._effects.labels(kind, outcome).inc()

    def webhook_stored(self) -> None:
        self._stored.inc()

    def transaction(self, seconds: float) -> None:
        self._transactions.observe(seconds)

    def search(self, seconds: float) -> None:
        self._searches.observe(seconds)

    def watch_restarts(self, restarts: Callable[[], int]) -> None:
        """How often the process beside ended by itself is read whenever the page is."""
        Gauge(
            "tocsin_similarity_restarts",
            "How often the process for search by meaning had to be started anew.",
            registry=self.registry,
        ).set_function(restarts)

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


class MeasuredSearch:
    """A search that tells how long each took."""

    def __init__(self, search: Search, metrics: Metrics) -> None:
        self._search = search
        self._metrics = metrics

    async def find(self, organization_id: OrganizationId, query: SearchQuery) -> list[Found]:
        started = perf_counter()
        try:
            return await self._search.find(organization_id, query)
        finally:
            self._metrics.search(perf_counter() - started)

    async def suggest(
        self, organization_id: OrganizationId, begun: str, kinds: frozenset[str], limit: int
    ) -> list[Suggestion]:
        return await self._search.suggest(organization_id, begun, kinds, limit)


def add_metrics(app: web.Application, metrics: Metrics, depths: Mapping[str, Depth]) -> None:
    """`depths` are asked whenever the page is read: `{"inbox": inbox.waiting, …}`."""
    app.router.add_get("/metrics", partial(_page, metrics, depths))


async def _page(metrics: Metrics, depths: Mapping[str, Depth], _: web.Request) -> web.Response:
    body = await metrics.page(depths)
    return web.Response(body=body, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_PLAIN_0_0_4})
