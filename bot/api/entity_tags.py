"""Entity tags of things that have a version, and the condition a change may carry."""

from zlib import crc32

from aiohttp import hdrs, web

from bot.web.problems import refusal

ANY = "*"


def entity_tag(version: int, body: bytes) -> str:
    """Its version, and what it looks like to this reader: `"12-9ae0daaf"`."""
    return f'"{version}-{crc32(body):08x}"'


def expected_version(request: web.Request, current: int) -> int | None:
    """The version an `If-Match` insists on; None without one. A `Refusal` (412) when that is past.

    Only the version counts: what a reader saw in other words is the same thing.
    """
    given = request.headers.get(hdrs.IF_MATCH, "").strip()
    if not given or given == ANY:
        return None
    if current in {_version(tag) for tag in given.split(",")}:
        return current
    raise refusal(
        412,
        "precondition_failed",
        "It was changed since you read it; read it again and send its ETag as If-Match.",
        field=hdrs.IF_MATCH,
    )


def _version(tag: str) -> int | None:
    """Of one of our own strong tags; None of any other, which then fits nothing."""
    digits = tag.strip().removeprefix('"').partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdecimal() else None
