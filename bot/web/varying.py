"""What an answer depends on besides its URL, for caches to know."""

from aiohttp import hdrs, web


def varies_by(response: web.StreamResponse, header: str) -> None:
    """Add the request's header to `Vary`, unless it stands there."""
    named = response.headers.get(hdrs.VARY, "")
    if header.lower() not in {name.strip().lower() for name in named.split(",")}:
        response.headers[hdrs.VARY] = f"{named}, {header}" if named else header
