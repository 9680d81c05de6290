"""What values the settings may have, and the sentences for those they may not.

No sentence repeats a value: it could be a secret in the wrong place.
"""

from collections.abc import Callable
from email.utils import parseaddr
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.web.addresses import networks_in
from bot.web.cors import ANY, origins_in

Url = TypeVar("Url", str, SecretStr, None)

SCHEMES = ("sqlite", "sqlite+aiosqlite", "postgresql+asyncpg")
NO_FILE = (None, "", ":memory:")
LAST_PORT = 65_535
LEAST_SECRET = 16
USUAL_PORTS = {"http": 80, "https": 443}


class WrongSettings(Exception):
    """One sentence for each setting that is wrong, with the mend."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def base_url(url: str | None) -> str | None:
    if url is not None and not _of_the_web(url):
        raise ValueError("must be a URL such as https://tocsin.example.com")
    return url.rstrip("/") if url else None


def service_url(url: Url) -> Url:
    """A URL of another service, with or without a password in it."""
    text = url.get_secret_value() if isinstance(url, SecretStr) else url
    if text is not None and not (_parts(text).scheme and _parts(text).hostname):
        raise ValueError("must be a URL, with its scheme, as in https://example.com/")
    return url


def web_url(url: Url) -> Url:
    """A URL of a service that is spoken to over HTTP."""
    text = url.get_secret_value() if isinstance(url, SecretStr) else url
    if text is not None and not (_of_the_web(text) and _has_usable_port(_parts(text))):
        raise ValueError("must be a URL such as https://service.example.com/")
    return url


def reachable(host: str) -> str:
    """A host that means all addresses is reached, from here, at the loopback one."""
    plain = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - only compared
    return f"[{plain}]" if ":" in plain else plain


def redis_url(url: SecretStr | None) -> SecretStr | None:
    if url is None:
        return None
    parts = _parts(url.get_secret_value())
    if parts.scheme not in ("redis", "rediss") or not parts.hostname or not _has_usable_port(parts):
        raise ValueError("must be a URL such as redis://:password@redis.example.com:6379/0")
    return url


def networks(text: str) -> str:
    try:
        networks_in(text)
    except ValueError:
        raise ValueError(
            "must be a list of addresses and networks such as 10.0.0.0/8, 192.0.2.7, ::1, where "
            "a network has zeros behind its prefix"
        ) from None
    return text


def origins(text: str) -> str:
    listed = origins_in(text)
    if not all(origin == ANY or _is_origin(origin) for origin in listed):
        raise ValueError(
            "must be a list of origins such as https://status.example.com, in lower case and "
            "without a path, a slash at the end or the usual port; or * for all"
        )
    return text


def database_url(url: SecretStr | None) -> SecretStr | None:
    if url is None:
        return None
    if _parts(url.get_secret_value()).scheme not in SCHEMES:
        raise ValueError(
            "must begin with sqlite+aiosqlite:/// and a path, or with postgresql+asyncpg://"
        )
    parsed = _database(url.get_secret_value())
    if parsed.get_backend_name() == "sqlite" and parsed.database in NO_FILE:
        raise ValueError("must name a file, as in sqlite+aiosqlite:///path/to/tocsin.db")
    if parsed.port is not None and not 0 < parsed.port <= LAST_PORT:
        raise ValueError(f"must have a port between 1 and {LAST_PORT}")
    return url


def secret_key(key: SecretStr | None) -> SecretStr | None:
    if key is not None and len(key.get_secret_value()) < LEAST_SECRET:
        raise ValueError(f"is too short to be a secret; use at least {LEAST_SECRET} characters")
    return key


def previous_keys(keys: SecretStr | None) -> SecretStr | None:
    if any(len(key) < LEAST_SECRET for key in listed_keys(keys)):
        raise ValueError(
            f"must be a list of secrets of {LEAST_SECRET} characters or more, separated by commas"
        )
    return keys


def listed_keys(keys: SecretStr | None) -> tuple[str, ...]:
    parts = (part.strip() for part in (keys.get_secret_value() if keys else "").split(","))
    return tuple(part for part in parts if part)


def smtp_url(url: SecretStr | None) -> SecretStr | None:
    if url is None:
        return None
    parts = _parts(url.get_secret_value())
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or not _has_usable_port(parts):
        raise ValueError("must be a URL such as smtp://user:password@mail.example.com:587?starttls")
    return url


def mail_from(address: str | None) -> str | None:
    if address is not None and not _is_mailbox(address):
        raise ValueError("must be an address such as Tocsin <tocsin@example.com>")
    return address


def bot_token(token: SecretStr | None) -> SecretStr | None:
    if token is not None and token.get_secret_value().startswith(("xapp-", "xoxp-")):
        raise ValueError(
            "holds another kind of token; the bot token begins with xoxb- and stands under "
            "“OAuth & Permissions” of the app"
        )
    return token


def app_token(token: SecretStr | None) -> SecretStr | None:
    if token is not None and token.get_secret_value().startswith(("xoxb-", "xoxp-")):
        raise ValueError(
            "holds another kind of token; the app-level token begins with xapp- and stands under "
            "“Basic Information” of the app"
        )
    return token


def channel(name: str) -> str:
    plain = name.strip().removeprefix("#")
    if not plain or any(character.isspace() for character in plain):
        raise ValueError("must be the name or the id of one channel, such as incidents")
    return plain


def log_level(word: object) -> object:
    return word.strip().lower() if isinstance(word, str) else word


def sentences(wrong: ValidationError, variable_of: Callable[[str], str]) -> tuple[str, ...]:
    """One sentence for each thing that is wrong, naming the variable."""
    return tuple(_sentence(error, variable_of) for error in wrong.errors(include_input=False))


def _is_mailbox(text: str) -> bool:
    address = parseaddr(text)[1]
    return "@" in address and address.isascii() and "\n" not in text


def _sentence(error: ErrorDetails, variable_of: Callable[[str], str]) -> str:
    problem = _problem(error)
    if not error["loc"]:
        return problem
    place = str(error["loc"][0])
    variable = place if place.isupper() else variable_of(place)
    return f"{variable} {problem}."


def _problem(error: ErrorDetails) -> str:
    context = error.get("ctx", {})
    match error["type"]:
        case "int_parsing" | "int_from_float" | "int_type":
            return "must be a whole number"
        case "float_parsing" | "float_type":
            return "must be a number"
        case "greater_than_equal":
            return f"must be {context['ge']:g} or more"
        case "less_than_equal":
            return f"must be {context['le']:g} or less"
        case "literal_error":
            return f"must be one of {context['expected']}"
        case "value_error":
            return str(context["error"])
        case _:
            return f"cannot be used: {error['msg']}"


def _of_the_web(url: str) -> bool:
    return _parts(url).scheme in ("http", "https") and bool(_parts(url).hostname)


def _is_origin(text: str) -> bool:
    """As a browser writes it: in lower case, and without what every browser leaves out."""
    parts = _parts(text)
    if not _of_the_web(text) or not _has_usable_port(parts):
        return False
    if "@" in parts.netloc or parts.port == USUAL_PORTS[parts.scheme]:
        return False
    return text == f"{parts.scheme}://{parts.netloc}".lower()


def _has_usable_port(parts: SplitResult) -> bool:
    try:
        return parts.port is None or parts.port > 0
    except ValueError:
        return False


def _database(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(
            "cannot be read; write it as postgresql+asyncpg://user:password@host:5432/name, where "
            "the port is a number and special characters of the password are written as %40"
        ) from None


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError as unreadable:
        raise ValueError("is not a URL that can be read") from unreadable
