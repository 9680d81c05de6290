"""Which kinds of trouble a text speaks of, whatever its words.

Two people hardly ever say the same of a full disk; but what they say is of a limited stock. The
flat table has it: a kind of trouble, then what people and machines say of it, each a word or some
words that stand together in one sentence of the text. A kind that both texts speak of is evidence
like a rare word that both have.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import log, sqrt

from core.domain.search import LONGEST, WORD, terms

MOST_READ = 3_000
"""Characters of a text that are looked at; the first ones."""

_SAID = """
memory: oom, oomkilled, outofmemoryerror, out of memory, heap, memory leak, memory limit, rss, swap,
  swapping, enomem, memory grows, memory usage, exit code 137
disk full: enospc, no space, disk full, disk space, volume full, filesystem full, partition full,
  inode, disk usage, disk quota
open files: too many open files, emfile, enfile, file handle, file descriptor, ulimit, nofile
processor: cpu, spinning, busy loop, cfs, load average
pool: connection pool, pool exhausted, hikari, hikaripool, hikaricp, pgbouncer, queuepool, too many
  connections, too many clients, remaining slots, idle transaction, max_connections, leak connection
deadlock: deadlock, deadlocked, 40p01, ora-00060, circular wait, lock order
lock wait: lock_timeout, lock wait, exclusive lock, accessexclusivelock, metadata lock, blocked
  lock, blocking query, waiting lock, alter table
slow query: sequential scan, seq scan, full scan, full table scan, missing index, query plan,
  planner, explain, analyze, statistics, execution plan, index dropped, bad plan, slow query
replica lag: replica lag, lag, lagging, replication delay, replication lag, stale read, stale data,
  follower, replica behind, seconds behind, read replica
failover: failover, failed over, read only transaction, readonly, old primary, old master, promoted,
  split brain, demoted, new primary, new master, stale primary
write log: wal, pg_wal, write ahead, binlog, archive_command, replication slot, redo log
wraparound: wraparound, transaction id, xid, autovacuum, vacuum, freeze
certificate: certificate, x509, cert, pkix, notafter, let encrypt, acme, certbot, not valid yet, tls
  expired, ssl expired
trust: local issuer, intermediate, truststore, ca bundle, unknown authority, self signed, root ca,
  issuer, chain incomplete, certpathbuilder
names: dns, coredns, resolver, resolve, resolution, nxdomain, servfail, name lookup, ndots,
  getaddrinfo, no such host, enotfound, nameserver, hostname lookup
clock: clock, ntp, chrony, chronyd, skew, drift, issued future, time sync
packet size: mtu, fragment, fragmentation, packet too big, pmtu, mss, jumbo
ports: ephemeral, time_wait, eaddrnotavail, cannot assign requested address, snat, source port, port
  exhaustion
connection tracking: conntrack, nf_conntrack, connection tracking, table full
firewall: firewall, security group, network policy, iptable, no route, ehostunreach, egress, acl,
  allowlist, allow list
keep alive: keepalive, keep alive, idle timeout, connection reset, econnreset, half open, reused
  connection, prematurely closed
health check: health check, healthcheck, readiness, liveness, probe, unhealthy, healthy upstream,
  marked down
rate limit: rate limit, ratelimit, 429, too many requests, throttle, requests per second, requests
  per minute, quota exceeded
retry storm: retry, retries storm, backoff, thundering herd, amplify, circuit breaker, retried
cold cache: cold cache, cache empty, cache flushed, cache miss, hit rate, hit ratio, flushall,
  stampede, warm cache, cache expired, warmed up
stale cache: stale cache, cached copy, cached page, cached response, cache control, invalidate,
  invalidation, purge, cdn, outdated cache
backlog: backlog, queue grows, queue depth, queue length, consumer slow, consumer behind, consumer
  stuck, consumer lag, unacked, piling up, piled up
poison message: poison, redeliver, redelivery, dead letter, dlq, unparsable, malformed message,
  malformed record, malformed event
duplicate: duplicate, charged twice, booked twice, sent twice, processed twice, double charge,
  double booked, double sent, idempotent, idempotency, exactly once, at least once, processed again
rebalance: rebalance, max.poll, consumer group, partition assignment, heartbeat expired
hot spot: hot key, hot partition, hot shard, hotspot, skewed, single partition
schedule: cron, crontab, cronjob, scheduled job, nightly, did not run, ran twice, missed run,
  scheduler
time zone: dst, daylight, summer time, winter time, timezone, time zone, utc, leap year, leap day
configuration: config, configuration, environment variable, misconfigured, wrong setting, default
  value, yaml
feature flag: feature flag, flag, toggle, experiment, rollout percent, launchdarkly
secret: secret, vault, rotate, rotation, password changed, password expired, credential, api key,
  authentication failed, access denied user
permission: permission, forbidden, 403, access denied, iam, role binding, unauthorized, rbac,
  accessdenied, eacces, not allowed
session: token, jwt, session expired, session lost, signin, login, logins, logout, oauth, sso, saml,
  signature
image: imagepullbackoff, errimagepull, image pull, registry, manifest unknown, image tag
crash loop: crashloop, crashloopbackoff, crash loop, keeps restarting, restart loop, back off
  restarting
eviction: evict, eviction, node pressure, diskpressure, memorypressure, drain, drained, preempt,
  preempted, spot instance, disruption budget, notready, node not ready
scaling: autoscaler, autoscaling, hpa, scale up, scale out, scale down, replicas maximum, capacity,
  pending pods, unschedulable, insufficient cpu, insufficient memory
incompatible: incompatible, schema change, schema mismatch, schema registry, unknown column, unknown
  field, column not exist, breaking change, deserialize, deserialization, version mismatch, field
  renamed, missing field
migration: migration, alter table, backfill, schema change
encoding: utf8, utf 8, unicode, encoding, charset, mojibake, latin1, collation, question marks,
  emoji, umlaut
overflow: overflow, out range, 2147483647, integer limit, bigint, maximum value, sequence exhausted
threads: thread pool, thread dump, worker pool, threads busy, threads stuck, threads blocked, event
  loop, goroutine, blocking call, blocked threads
garbage collection: garbage collection, garbage collector, gc, stop world, full gc
recursion: recursion, recursive, stackoverflow, infinite loop, endless loop, cycle, loops forever
race: race condition, concurrent, concurrently, lost update, simultaneous, race
outside: third party, vendor, provider down, provider outage, partner down, status page, upstream
  outage
mail: email, mail, smtp, spf, dkim, dmarc, bounce, spam
origin: cors, preflight, access control allow, csrf, cookie, samesite, cross origin
browser: javascript, bundle, chunk, white page, blank page, white screen, blank screen, service
  worker, frontend
backup: backup, snapshot, pitr, point time recovery
lost data: deleted mistake, dropped table, truncate, missing rows, wiped, lost data, data loss
pipeline: etl, pipeline, import, batch, ingest, ingestion, data warehouse, csv, empty file
search index: elasticsearch, opensearch, shard, reindex, read_only_allow_delete, mapping explosion,
  solr, flood stage
hardware: hardware, raid, ecc, dimm, power supply, power outage, disk died, disk failure, broken
  disk, io error
link: packet loss, link down, flapping, bgp, fibre, fiber, route leak, bandwidth, uplink
attack: ddos, bot, scraper, scraping, brute force, credential stuffing, flood
licence: license, licence, subscription expired, domain expired, registrar
logging: log volume, debug log, debug logging, logrotate, cardinality, log flood
body size: body size, body too large, 413, payload too large, request entity, client_max_body_size,
  upload limit
compression: gzip, brotli, content encoding, chunked, content length
"""
_ENDINGS = ("ing", "ion", "ed", "e")
_SHORTEST = 4
_SENTENCE_ENDS = re.compile(r"[.!?;](?:\s+|$)|\n")

Said = tuple[str, frozenset[str]]
"""A kind of trouble, and the words by which a text speaks of it."""


def troubles(text: str) -> frozenset[str]:
    return frozenset(kind for kind, _ in said_in(text))


def said_in(text: str) -> frozenset[Said]:
    """What speaks of trouble; all words of a phrase stand in one sentence."""
    return _said_of(text[:MOST_READ])


@lru_cache(maxsize=128)
def _said_of(text: str) -> frozenset[Said]:
    sentences = _SENTENCE_ENDS.split(text)
    return frozenset(chain.from_iterable(map(_said_in, sentences)))


def _said_in(sentence: str) -> frozenset[Said]:
    words = frozenset(word for word in WORD.findall(sentence) if len(word) <= LONGEST)
    stems = frozenset(chain.from_iterable(map(_stems, words)))
    known = _by_first()
    return frozenset(
        one for first in stems & known.keys() for one in known[first] if one[1] <= stems
    )


def alike(question: frozenset[str], others: Sequence[frozenset[str]]) -> list[float]:
    """From 0 to 1, by the kinds that both speak of; what many speak of weighs less. It is the root
    of a cosine: that both speak of one at all tells more than that they speak of no other."""
    spread = Counter(kind for other in others for kind in other)
    many = len(others) + 1
    weights = {kind: (1 + log(many / count)) ** 2 for kind, count in spread.items()}
    return [_cosine(question, other, weights) for other in others]


def _cosine(one: frozenset[str], other: frozenset[str], weights: Mapping[str, float]) -> float:
    both = sum(weights[kind] for kind in one & other)
    if not both:
        return 0.0
    lengths = (sum(weights.get(kind, 1.0) for kind in kinds) for kinds in (one, other))
    return sqrt(both / sqrt(next(lengths) * next(lengths)))


@lru_cache(maxsize=1)
def _by_first() -> dict[str, list[Said]]:
    """What is said, by one of its words that few others have."""
    said = [
        (kind, _stems(phrase))
        for line in _SAID.replace("\n  ", " ").strip().splitlines()
        for kind, _, phrases in [line.partition(": ")]
        for phrase in phrases.split(",")
    ]
    spread = Counter(stem for _, stems in said for stem in stems)
    found: dict[str, list[Said]] = {}
    for kind, stems in said:
        found.setdefault(min(stems, key=lambda stem: (spread[stem], stem)), []).append(
            (kind, stems)
        )
    return found


@lru_cache(maxsize=16_384)
def _stems(word: str) -> frozenset[str]:
    """Of the word and its parts."""
    return frozenset(map(_stem, terms(word, most=16)))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            stem = word[: -len(ending)]
            return stem[:-1] if stem[-1] == stem[-2] and stem[-1] not in "ls" else stem
    return word
