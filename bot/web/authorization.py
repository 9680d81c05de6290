"""The secret a caller offers, whichever header carries it."""

from aiohttp import BasicAuth, hdrs, web

from bot.web.problems import Refusal, refusal

_SCHEMES = frozenset({"bearer", "api-key"})
API_KEY = "X-API-Key"
TOKEN = "token "  # noqa: S105 - the scheme's name, not a secret
TOKEN_IN_QUERY = ("token", "auth_token")


def offered_secret(request: web.Request) -> str | None:
    """From `Authorization` (Bearer or Api-Key), else from `X-API-Key`; None when there is none.

    The former wins where both are sent. Another scheme, such as that of a proxy, is passed over.
    """
    scheme, _, secret = request.headers.get(hdrs.AUTHORIZATION, "").strip().partition(" ")
    if scheme.lower() in _SCHEMES and secret.strip():
        return secret.strip()
    return request.headers.get(API_KEY, "").strip() or None


def offered_token(request: web.Request) -> str | None:
    """A token where alerting tools put it: as `offered_secret`, as `Token token=…`, as half of a
    Basic credential, or in the query."""
    given = request.headers.get(hdrs.AUTHORIZATION, "").strip()
    if given.lower().startswith(TOKEN):
        return given[len(TOKEN) :].strip().removeprefix("token=").strip('" ') or None
    return offered_secret(request) or _basic(given) or _queried(request)


def _basic(given: str) -> str | None:
    try:
        credential = BasicAuth.decode(given)
    except ValueError:
        return None
    return credential.password or credential.login or None


def _queried(request: web.Request) -> str | None:
    return next((request.query[name] for name in TOKEN_IN_QUERY if request.query.get(name)), None)


def nothing_offered() -> Refusal:
    return unauthorized(
        "missing_authorization_material", "No authorization material provided in request"
    )


def unauthorized(code: str, message: str) -> Refusal:
    return refusal(401, code, message, headers={hdrs.WWW_AUTHENTICATE: "Bearer"})
