"""Refusals nobody worded: no such address, the wrong verb, a failure of the sandbox itself."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox.control.guard import PREFIX

CODES = {404: "not_found", 405: "method_not_allowed", 413: "too_large"}
FAILED = "The sandbox itself failed; its log says how. That is a mistake in it, not in the app."

logger = logging.getLogger(__name__)


@web.middleware
async def refusals_in_json(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Below the control API every refusal is JSON; below /api it is as Slack's are."""
    if not request.path.startswith((f"{PREFIX}/", "/api/")):
        return await handler(request)
    try:
        return await handler(request)
    except web.HTTPException as problem:
        if problem.status not in CODES:
            raise
        return _refusal(request, problem)
    except ConnectionError:
        # Whoever asked has gone; there is nobody to answer.
        raise
    except Exception:
        logger.exception("%s %s failed", request.method, request.path)
        body = {"ok": False, "error": "internal_error", "message": FAILED}
        return web.json_response(body, status=500)


def _refusal(request: web.Request, problem: web.HTTPException) -> web.Response:
    code, status = CODES[problem.status], problem.status
    if request.path.startswith("/api/") and status == web.HTTPNotFound.status_code:
        method = request.path.removeprefix("/api/")
        return web.json_response({"ok": False, "error": "unknown_method", "req_method": method})
    sentences = {
        "not_found": f"There is nothing at {request.path[:200]}.",
        "method_not_allowed": f"{request.path[:200]} takes no {request.method}.",
        "too_large": "The request is larger than the sandbox takes.",
    }
    allow = {"Allow": problem.headers["Allow"]} if "Allow" in problem.headers else None
    body = {"ok": False, "error": code, "message": sentences[code]}
    return web.json_response(body, status=status, headers=allow)
