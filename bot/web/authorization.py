"""The secret a caller offers, whichever header carries it."""

from aiohttp import hdrs, web

from bot.web.problems import Refusal, refusal

_SCHEMES = frozenset({"bearer", "api-key"})
API_KEY = "X-API-Key"


def offered_secret(request: web.Request) -> str | None:
    """From `Authorization` (Bearer or Api-Key), else from `X-API-Key`; None when there is none.

    The former wins where both are sent. Another scheme, such as that of a proxy, is passed over.
    """
    scheme, _, secret = request.headers.get(hdrs.AUTHORIZATION, "").strip().partition(" ")
    if scheme.lower() in _SCHEMES and secret.strip():
        return secret.strip()
    return request.headers.get(API_KEY, "").strip() or None


def nothing_offered() -> Refusal:
    return unauthorized(
        "missing_authorization_material", "No authorization material provided in request"
    )


def unauthorized(code: str, message: str) -> Refusal:
    return refusal(401, code, message, headers={hdrs.WWW_AUTHENTICATE: "Bearer"})
