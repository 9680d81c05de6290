"""What the process tells about itself: structured logs without secrets, and metrics."""

import logging
import re
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

import orjson
import structlog
from aiohttp.http_exceptions import HttpProcessingError
from structlog.stdlib import ProcessorFormatter
from structlog.types import Processor

from bot.web.paths import shown_path

REDACTED = "[redacted]"

_SECRET_KEY = re.compile(
    r"token|secret|password|authorization|api_?key|cookie|credential", re.IGNORECASE
)
_SECRET_TEXT = re.compile(
    r"\b(?:xox[a-z]-|xapp-|overwatch_ak_|obs_pub_|tocsin_|ok_)[A-Za-z0-9_-]{8,}"
    r"|(?<=Bearer )\S+|(?<=bearer )\S+|(?<=://)[^/\s:@]*:[^/\s@]+(?=@)"
)


def configure_logs(level: str, *, stream: TextIO | None = None) -> None:
    """One JSON object per line, from structlog and the standard library alike."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        ProcessorFormatter(
            foreign_pre_chain=_PREPARED,
            processors=[
                ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                redact,
                structlog.processors.JSONRenderer(_json),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    _quieten()
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_PREPARED,
            ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def redact(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A processor: secrets leave the process in no log line, wherever they stood."""
    return {key: _without_secrets(key, value) for key, value in event.items()}


class MalformedRequests(logging.Filter):
    """Turns aiohttp's traceback for every request that is no HTTP into a line without one."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, HttpProcessingError):
            record.levelno, record.levelname = logging.INFO, "INFO"
            record.msg, record.args = "malformed request refused: %s", (type(error).__name__,)
            record.exc_info = None
        return True


_PREPARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


_QUIET: Mapping[str, int] = {
    "alembic": logging.WARNING,
    "apscheduler": logging.WARNING,
    "asyncio": logging.WARNING,
    # Tells with a traceback of every connection the database closed; whoever asked is refused
    # with a sentence, and the next one gets a new connection.
    "asyncpg.pool": logging.ERROR,
    "slack_bolt": logging.WARNING,
    "slack_sdk": logging.WARNING,
}


def _quieten() -> None:
    server = logging.getLogger("aiohttp.server")
    if not any(isinstance(one, MalformedRequests) for one in server.filters):
        server.addFilter(MalformedRequests())
    for chatty, level in _QUIET.items():
        logging.getLogger(chatty).setLevel(level)


def _without_secrets(key: str, value: Any) -> Any:
    if _SECRET_KEY.search(key) and value:
        return REDACTED
    match value:
        case str():
            return _SECRET_TEXT.sub(REDACTED, shown_path(value))
        case Mapping():
            return {inner: _without_secrets(str(inner), entry) for inner, entry in value.items()}
        case list() | tuple():
            return [_without_secrets("", entry) for entry in value]
        case _:
            return value


def _json(event: Any, **_: Any) -> str:
    return orjson.dumps(event, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
