"""Headers that an answer gets whatever it turns out to be, also a refusal."""

from collections.abc import Mapping

from aiohttp import web

ANSWER_HEADERS = web.RequestKey("ANSWER_HEADERS", dict[str, str])


def promise_headers(request: web.Request, headers: Mapping[str, str]) -> None:
    """The edge puts them on whatever is answered to this request."""
    promised = request.get(ANSWER_HEADERS)
    request[ANSWER_HEADERS] = {**promised, **headers} if promised else {**headers}
