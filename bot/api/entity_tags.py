"""Entity tags of things that have a version, and the condition a change may carry."""

from zlib import crc32

from aiohttp import hdrs, web

from bot.web.problems import Refusal, refusal

ANY = "*"
DIGITS = 10


def entity_tag(version: int, body: bytes) -> str:
    """Its version, and what it looks like to this reader: `"12-9ae0daaf"`."""
    return f'"{version}-{crc32(body):08x}"'


def expected_version(request: web.Request, current: int) -> int | None:
    """The version an `If-Match` insists on; None without one. A `Refusal` (412) for tags of others.

    Only the version counts: what a reader saw in other words is the same thing. One that is past
    is for the command to refuse, which knows whether it was carried out already.
    """
    given = _condition(request)
    if given is None:
        return None
    versions = [version for tag in given.split(",") if (version := _version(tag)) is not None]
    if not versions:
        raise overtaken()
    return current if current in versions else versions[0]


def is_conditional(request: web.Request) -> bool:
    """Whether it is about one version; any version will do where it says `*`."""
    return _condition(request) is not None


def overtaken() -> Refusal:
    return refusal(
        412,
        "precondition_failed",
        "It was changed since you read it; read it again and send its ETag as If-Match.",
        field=hdrs.IF_MATCH,
    )


def _condition(request: web.Request) -> str | None:
    given = request.headers.get(hdrs.IF_MATCH, "").strip()
    return None if given in ("", ANY) else given


def _version(tag: str) -> int | None:
    """Of one of our own strong tags; None of any other, which then fits nothing."""
    digits = tag.strip().removeprefix('"').partition("-")[0]
    return int(digits) if digits.isascii() and digits.isdecimal() and len(digits) < DIGITS else None
