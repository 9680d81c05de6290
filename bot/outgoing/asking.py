"""Asks an Alertmanager, or what speaks its API, what fires there."""

from urllib.parse import urlsplit

import orjson
from pydantic import BaseModel, TypeAdapter, ValidationError

from bot.encryption import Unreadable
from bot.outgoing.addresses import ForbiddenAddress
from bot.outgoing.sending import Sender, Unanswered
from bot.reconciling import NotAnswered
from bot.source_secrets import SourceSecrets
from core.domain.alert import Fingerprint
from core.domain.integration import Integration

PATH = "/api/v2/alerts?active=true&silenced=true&inhibited=true&unprocessed=true"
"""All of them: what is silenced there still fires."""

LARGEST = 32 * 1024 * 1024
"""Bytes of an answer; ten thousand alerts are five million."""


class _Firing(BaseModel):
    fingerprint: str


_ANSWER: TypeAdapter[list[_Firing]] = TypeAdapter(list[_Firing])


class AlertmanagerAsker:
    """With the secret of the source as a Bearer token, where it has one; then, without TLS, within
    private networks only."""

    def __init__(self, sender: Sender, secrets: SourceSecrets) -> None:
        self._sender = sender
        self._secrets = secrets

    async def __call__(self, source: Integration) -> frozenset[Fingerprint]:
        url = f"{source.settings.check_url.rstrip('/')}{PATH}"
        try:
            headers = self._headers(source)
            open_to_all = not headers or urlsplit(url).scheme == "https"
            body = await self._sender.get(url, headers, LARGEST, public=open_to_all)
            alerts = _ANSWER.validate_python(orjson.loads(body))
        except (Unanswered, ForbiddenAddress, Unreadable) as error:
            raise NotAnswered(str(error)) from error
        except (orjson.JSONDecodeError, ValidationError) as error:
            raise NotAnswered("The answer is no list of alerts of Alertmanager's API.") from error
        return frozenset(Fingerprint(alert.fingerprint) for alert in alerts)

    def _headers(self, source: Integration) -> dict[str, str]:
        secret = self._secrets.opened(source.sealed_secret)
        return {"Authorization": f"Bearer {secret}"} if secret else {}
