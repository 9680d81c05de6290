"""Names that machines give: error codes, hosts, exception classes, metrics, files.

Two texts with one of them in common speak of the same thing more surely than two with the same
words; a long one that both have is hardly ever there by chance.
"""

import re
from collections.abc import Collection
from functools import lru_cache

LONGEST = 80
"""Characters of a name; what is longer is no name but data."""
MOST = 48
"""Different names of one text; the first ones."""
MOST_READ = 20_000

_TOKEN = re.compile(r"[A-Za-z0-9_$][\w$:/.\-]*[\w$]")
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        r"[A-Z]{2,12}-\d{3,6}",  # ORA-01555
        r"CVE-\d{4}-\d{4,7}",
        r"E(?:AI|CONN|ADDR|HOST|NET|NO|TIMED|PIPE|ACC|PERM|MFILE|NFILE|DQUOT|ROFS)[A-Z_]*",
        r"[A-Z]{1,5}\d{3,6}",  # E11000
        r"\d{2}[A-Z]\d{2}",  # 40P01
        r"0[xX]8[0-9A-Fa-f]{7}",  # HRESULT of Windows
        r"(?:ERR|EXIT|SEC|NET|SSL|TLS)_[A-Z][A-Z_]+|SIG[A-Z]{3,6}",
        r"[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+",  # OOM_KILLED
        r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+(?:::[a-z_]+)*",  # http_requests_total
        r"(?:[a-z_$][\w$]*\.)*[A-Z][a-z0-9$]+[A-Z][A-Za-z0-9$]*",  # PoolTimeoutException
        r"(?:[a-z_$][\w$]*\.)*[A-Z]\w*(?:Error|Exception|Timeout|Warning|Fault)",
        r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*-\d{1,4}",  # db-07
        r"[a-z][a-z0-9\-]*(?:\.[a-z0-9\-]+)+\.[a-z]{2,12}",  # api.eu.example.com, jvm.memory.used
        r"[a-z0-9][a-z0-9\-]*\.(?:com|net|org|io|dev|local|internal|svc|cluster|lan|corp)",
        r"[\w\-]+\.(?:py|js|ts|java|go|rs|rb|php|cs|conf|cfg|ya?ml|json|toml|ini|sql|sh|service)",
        r"(?:\w[\w.\-]*/){2,}[\w.\-]+",  # var/lib/postgresql
    )
)
_POD = re.compile(r"^(.*?)-[a-f0-9]{8,10}-[a-z0-9]{5}$")
_LINE = re.compile(r"(\.\w{1,5}):\d+(?::\d+)?$")
_PACKAGE = re.compile(r"^(?:[a-z_$][\w$]*\.)+(?=[A-Z])")
_NO_NAME = re.compile(r"[\d.:/\-]+|\w+_id|http-nio-.*|.*thread-\d+")
"""Numbers, and fields and threads that every log has."""
_KEPT_SHORT = 3


def identifiers(text: str) -> frozenset[str]:
    """As they are compared: whatever the case, without the package before a class or the random
    tail of a pod."""
    found: dict[str, None] = {}
    for token in dict.fromkeys(_TOKEN.findall(text[:MOST_READ])):
        if len(token) <= LONGEST and (name := _named(token)) is not None:
            found[name] = None
        if len(found) >= MOST:
            break
    return frozenset(found)


def shared(names: Collection[str], text: str) -> frozenset[str]:
    """Which of the names stand in the text as a whole, whatever the case."""
    if not names:
        return frozenset()
    return frozenset(_any_of(frozenset(names)).findall(text[:MOST_READ].casefold()))


@lru_cache(maxsize=64)
def _any_of(names: frozenset[str]) -> re.Pattern[str]:
    longest_first = sorted(map(re.escape, names), key=lambda one: (-len(one), one))
    return re.compile(rf"(?<![\w])(?:{'|'.join(longest_first)})(?![\w])")


@lru_cache(maxsize=4_096)
def _named(token: str) -> str | None:
    if len(token) < _KEPT_SHORT or _NO_NAME.fullmatch(token):
        return None
    bare = _LINE.sub(r"\1", token)
    if pod := _POD.match(bare):
        return pod[1].casefold()
    if any(shape.fullmatch(bare) for shape in _SHAPES):
        return _PACKAGE.sub("", bare).casefold()
    return None
