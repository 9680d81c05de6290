"""Alert sources at the command line: named by people, and told in words."""

from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from sys import stdin
from typing import Any

import orjson

from bot.answers import Answer
from bot.office import Office
from bot.settings import Settings
from bot.web.times import instant
from bot.webhook_urls import webhook_url
from core.domain.ids import IntegrationId
from core.domain.integration import HEARTBEAT, Integration
from core.domain.quiet import quiet_since
from core.domain.source_settings import SourceSettings
from core.domain.wording import minute
from core.errors import InvalidInput, NotFound

ONCE = "This is the only time the token is shown."
NAMES = tuple(SourceSettings.__slots__)


async def called(office: Office, id_or_name: str) -> Integration:
    wanted = id_or_name.strip().casefold()
    known = await office.reads.integrations(office.organization_id)
    found = [one for one in known if one.id == IntegrationId(id_or_name)]
    named = found or [one for one in known if one.name.casefold() == wanted]
    if len(named) == 1:
        return named[0]
    if named:
        ids = ", ".join(one.id for one in named)
        raise InvalidInput(f"Several are called “{id_or_name}”: {ids}; say which.", field="id")
    raise NotFound(
        f"There is no alert source “{id_or_name}”; `tocsin integrations list` shows those there "
        "are."
    )


def settings_of(given: Namespace) -> Mapping[str, Any]:
    mapping: Path | None = given.mapping
    settings = dict[str, Any](given.settings)
    if mapping is not None:
        settings.update(_mapping_in(mapping))
    return settings


def _mapping_in(file: Path) -> Mapping[str, Any]:
    """Either the mapping alone, or an object with `mapping` and perhaps `values`."""
    try:
        found = orjson.loads(file.read_bytes())
    except (OSError, orjson.JSONDecodeError) as error:
        raise InvalidInput(f"{file} cannot be read as JSON: {error}.", field="mapping") from error
    if isinstance(found, dict) and isinstance(found.get("mapping"), dict):
        return {name: found[name] for name in ("mapping", "values") if name in found}
    return {"mapping": found}


def secret_of(given: Namespace) -> str:
    """On a command line others could read it."""
    return stdin.readline().strip() if given.secret else ""


def with_token(integration: Integration, token: str, settings: Settings) -> Answer:
    url = webhook_url(settings.url, integration.source, integration.id, token)
    return Answer(
        object={"id": integration.id, "url": url, "token": token},
        words=f"URL:   {url}\nToken: {token}\n\n{ONCE} {_how(integration.source, token, url)}",
    )


def _how(source: str, token: str, url: str) -> str:
    if source == "pagerduty":
        return "Send events to the URL with the token as their\nrouting_key."
    if source == "opsgenie":
        return f"Send requests below the URL with the header\nAuthorization: GenieKey {token}"
    if token in url:
        return "The tool cannot send it in a header, so it\nstands in the URL."
    return f"Send alerts to the URL with the header\nAuthorization: Bearer {token}"


def object_of(
    one: Integration, heard: datetime | None, office: Office, settings: Settings
) -> dict[str, Any]:
    quiet = quiet_since(one, heard, office.clock())
    rings_itself = one.source == HEARTBEAT
    return {
        "id": one.id,
        "source": one.source,
        "name": one.name,
        "service_id": one.service_id,
        "url": None if rings_itself else webhook_url(settings.url, one.source, one.id),
        "settings": {name: plain(getattr(one.settings, name)) for name in NAMES},
        "has_secret": bool(one.sealed_secret),
        "last_heard_at": instant(heard),
        "quiet_since": instant(quiet),
        "heard": minute(heard) if heard else "never",
    }


def heard_of(one: Mapping[str, Any]) -> str:
    return f"{one['heard']} (quiet)" if one["quiet_since"] else str(one["heard"])


def plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value
