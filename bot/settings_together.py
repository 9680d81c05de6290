"""What settings need beside each other: one alone may be of no use, or not safe."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from bot.settings import Settings


def missing_beside(settings: "Settings") -> str | None:
    """The first that is missing, with the mend."""
    return (
        _secret_key(settings) or _mail_from(settings) or _embeddings(settings) or _slack(settings)
    )


def _secret_key(settings: "Settings") -> str | None:
    if not settings.on_postgresql or settings.secret_key:
        return None
    return (
        "TOCSIN_SECRET_KEY is missing, and PostgreSQL needs it, because all replicas must "
        "have the same one; set it to 16 or more random characters."
    )


def _mail_from(settings: "Settings") -> str | None:
    if not settings.smtp_url or settings.mail_from:
        return None
    return (
        "TOCSIN_MAIL_FROM is missing, and mail through TOCSIN_SMTP_URL must be from "
        "somebody; set it to an address such as tocsin@example.com."
    )


def _embeddings(settings: "Settings") -> str | None:
    url, model = "TOCSIN_EMBEDDINGS_URL", "TOCSIN_EMBEDDINGS_MODEL"
    if settings.embeddings_url and not settings.embeddings_model:
        return f"{model} is missing, and {url} needs it; set it to the name of a model there."
    key = "TOCSIN_EMBEDDINGS_KEY"
    if settings.embeddings_url and settings.embeddings_key and "@" in _host(settings):
        return f"{url} has a user in it, and {key} is set too; only one can be sent: leave one out."
    if settings.embeddings_url or not (settings.embeddings_model or settings.embeddings_key):
        return None
    there = model if settings.embeddings_model else key
    return f"{url} is missing, and {there} is of no use alone; set both."


def _host(settings: "Settings") -> str:
    """With whoever is named before it."""
    url = settings.embeddings_url
    return urlsplit(url.get_secret_value()).netloc if url else ""


def _slack(settings: "Settings") -> str | None:
    id, secret = "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET"
    if settings.slack_client_id and not settings.slack_client_secret:
        return f"{secret} is missing, and {id} is of no use alone; set both."
    if settings.slack_client_secret and not settings.slack_client_id:
        return f"{id} is missing, and {secret} is of no use alone; set both."
    if settings.slack_transport is None or settings.slack_bot_token or settings.slack_client_id:
        return None
    there = "SLACK_APP_TOKEN" if settings.slack_app_token else "SLACK_SIGNING_SECRET"
    return (
        f"SLACK_BOT_TOKEN is missing, and with {there} alone Tocsin could hear Slack but "
        f"not answer; set it, or {id} and {secret}."
    )
