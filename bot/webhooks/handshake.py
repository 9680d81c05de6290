"""The handshake by which senders of CloudEvents ask whether they may send."""

from aiohttp import web

from bot.web.problems import refusal

ORIGIN, RATE = "WebHook-Request-Origin", "WebHook-Request-Rate"
LONGEST_ORIGIN = 255


def grant(request: web.Request) -> web.Response:
    """Yes, as often as they like; a `Refusal` where nobody says who asks."""
    origin = request.headers.get(ORIGIN, "").strip()
    if not origin or len(origin) > LONGEST_ORIGIN or not origin.isprintable():
        raise refusal(400, "missing_origin", f"The header {ORIGIN} has to say who wants to send.")
    return web.Response(
        status=200,
        headers={
            "Allow": "POST, OPTIONS",
            "WebHook-Allowed-Origin": origin,
            "WebHook-Allowed-Rate": "*",
        },
    )
