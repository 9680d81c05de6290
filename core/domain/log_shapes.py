"""What lines of logs and stack traces look like, whoever wrote them.

A flat table of expressions; each is tried on one line of bounded length.
"""

import re

_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
TIME = re.compile(
    r"\[?\(?\b\d{4}[-/.]\d{2}[-/.]\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?)?"
    r"(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?\)?\]?"
    rf"|\b(?:{_MONTHS}) {{1,2}}\d{{1,2}} \d{{2}}:\d{{2}}:\d{{2}}(?:\.\d+)?"
    rf"|\[?\d{{1,2}}/(?:{_MONTHS})/\d{{4}}:\d{{2}}:\d{{2}}:\d{{2}}(?: [+-]\d{{4}})?\]?"
    r"|\b\d{2}:\d{2}:\d{2}(?:[.,]\d+)?\b"
    r"|\b[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d+"
    r"|\b1[5-9]\d{8}(?:\.\d+|\d{3})?\b"
)

MASKED = re.compile(
    r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b"  # UUIDs
    r"|\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+|/\d{1,2})?\b"  # addresses
    r"|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b"
    r"|\b0x(?!8[0-9a-f]{7}\b)[0-9a-f]+\b"  # pointers; codes of Windows begin with an 8
    r"|(?<=[@#])[0-9a-f]{4,16}\b"
    r"|\b(?=[0-9a-f]{0,63}\d)(?=[0-9a-f]{0,63}[a-f])[0-9a-f]{10,64}\b"  # hashes, traces
    r"|\b(?=[0-9a-z]{0,31}\d)[0-9a-hjkmnp-tv-z]{26}\b"  # ULIDs
    r"|\b[\w.+-]{1,64}@[\w-]+\.[\w.-]+\b"  # mail addresses
    r"|\b(?:pid|tid|thread|(?:req(?:uest)?|trace|span|session|user|correlation)[_-]?id)"
    r"[\"']?[=: ]+[\"']?[\w-]+[\"']?",
    re.IGNORECASE,
)
POD = re.compile(r"\b([a-z][a-z0-9-]{0,62}?)-[a-f0-9]{8,10}-[a-z0-9]{5}\b")
"""What a cluster calls one of many equal ones; only the first part stays the same."""
COUNT = re.compile(
    r"(?<![\w.\-/])[+-]?\d+(?:[.,:]\d+)*"
    r"(?: ?(?:ms|us|µs|ns|s|[kmg]?i?b|%)(?!\w))?(?![\w\-/])",
    re.IGNORECASE,
)
STATUS = re.compile(r"[45]\d\d")
"""A number that matters: what a server answered."""

LEVEL = re.compile(
    r"\b(?:TRACE|DEBUG|INFO|NOTICE|WARN(?:ING)?|ERROR|ERR|FATAL|CRITICAL|SEVERE|PANIC|ALERT|EMERG"
    r"|LOG|STATEMENT|DETAIL|HINT)\b"
)
LEVEL_FIELD = re.compile(
    r"\b(?:level|lvl|severity|levelname|ts|time|timestamp)[\"']?\s?[=:]\s?[\"']?[\w.:\-]*[\"']?",
    re.IGNORECASE,
)
TROUBLE = re.compile(
    r"\b(?:error|err|fatal|critical|severe|panic|alert|emerg|warn(?:ing)?"
    r"|fail(?:ed|ure|s|ing)?|refused|denied|timed out|timeout|cannot|could not|unable|killed"
    r"|out of memory|no space left|deadlock|exceeded|unreachable|corrupt(?:ed)?|rejected)\b",
    re.IGNORECASE,
)
EXCEPTION = re.compile(
    r"(?:Caused by: |Exception in thread |Unhandled (?:exception|rejection)|panic: |Uncaught "
    r"|thread '[^']*' panicked|Suppressed: |PHP Fatal error: )"
    r"|(?:[\w$]+[.:\\]{1,2}){0,12}[A-Z]\w*"
    r"(?:Error|Exception|Timeout|Warning|Fault|Interrupt|Exit|NotFound|Refused)\b(?::|$| at | \()"
    r"|[\w.]+\.(?:errors|exceptions|exc)\.\w+(?::|$)"
)
ROOT = re.compile(r"^Caused by: ")
FRAME = re.compile(
    r"at (?:async )?[\w$.<>\[\]/@ ]+[(:]|File \"[^\"]+\", line \d+|from [^ ]+:\d+:in "
    r"|#\d+ |\d+: +(?:0x)?\w+|goroutine \d+|\.\.\. \d+ (?:more|common)|[\w./*()]+\(0x"
    r"|[\w/.\-]+\.(?:go|py|rb|js|ts|php|rs|c|cpp|cs|s):\d+"
)
FOREIGN = re.compile(
    r"\bat (?:java|javax|jdk|jakarta|sun|com\.sun|org\.(?:apache|springframework|hibernate|eclipse"
    r"|postgresql|slf4j|junit)|io\.netty|scala|kotlin|akka|reactor|com\.(?:zaxxer|mysql|google"
    r"|fasterxml)|oracle|System|Microsoft|ch\.qos|okhttp3|feign|process|Module|Object)\b"
    r"|site-packages|dist-packages|node_modules|node:internal|/usr/lib|/usr/local/(?:go|lib)"
    r"|<frozen|vendor/|/gems/|/rustc/|\bruntime\.|goroutine|\.\.\. \d+ (?:more|common)|libc\b"
)
FRAME_NOISE = re.compile(
    r"^at (?:async )?|^File |^from |^#\d+ +|, line \d+|:\d+(?::\d+)?"
    r"|\([\w$.]*\.(?:java|kt|scala)(?::\d+)?\)|\+?0x[0-9a-f]+"
)
HEADER = re.compile(
    r"(?:Traceback \(most recent call last\)|Stack ?trace:|During handling of |The above exception"
    r"|\[signal |stack backtrace:)",
    re.IGNORECASE,
)
THREAD = re.compile(
    r"\[(?:[\w\-#/:.]++ )?(?:[^\W\d]|[\-#/:.])*+\d[\w\-#/:.]*+\](?= )|\[main\](?= )"
)
JSON_MESSAGE = re.compile(r"\"(?:msg|message|error|err|exception)\"\s?:\s?\"((?:[^\"\\]|\\.)*)\"")
"""The one thing that matters in a line of JSON."""
EDGES = re.compile(r"^[\s|>\-\u2013:,;\]\[)(]+|(?<=\s)[|\-\u2013:,;\[\]{}\"]+(?=\s|$)")
EMPTY = re.compile(r"\[\s*\]|\(\s*\)|\"\s*\"|'\s*'")
