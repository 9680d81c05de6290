"""Who is at the door of an alert source: by its token, or by a signature made with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import structlog
from aiohttp import web

from bot.encryption import Unreadable
from bot.source_secrets import SourceSecrets
from bot.web.authorization import nothing_offered, offered_token, unauthorized
from bot.web.lookups import Lookup, Recent
from bot.web.problems import Refusal, refusal
from bot.webhooks.signatures import first_of, require_signature, wrongly_signed
from bot.webhooks.source import Lock
from core.domain.ids import IntegrationId, OrganizationId
from core.domain.integration import Integration
from core.ports import Clock, Directory

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Knocking:
    """An alert source that showed its token, or is about to prove it."""

    organization_id: OrganizationId
    integration: Integration


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """What doors are opened with. `fetch` gets what a source refers to, such as a certificate."""

    secrets: SourceSecrets = field(repr=False)
    fetch: Callable[[str], Awaitable[bytes]]
    clock: Clock

    def lock(self, integration: Integration, *, signed: bool) -> Lock:
        """What a knock at this source is checked with; opening secrets takes time, and is done
        only where something may be signed."""
        sealed = integration.sealed_secret, integration.sealed_token
        secret, token = map(self._opened, sealed) if signed else (None, None)
        return Lock(
            now=self.clock(),
            settings=integration.settings,
            fetch=self.fetch,
            token=token,
            secret=secret,
        )

    def _opened(self, sealed: str) -> str | None:
        try:
            return self.secrets.opened(sealed)
        except Unreadable as error:
            # It is not let in unchecked: somebody wanted it signed.
            log.error("a secret cannot be read", reason=str(error))
            raise refusal(
                503,
                "unreadable_secret",
                "The secret of this alert source cannot be read any more; give it a new one.",
            ) from error


class Doorkeeper:
    """Remembers for a moment whom it has just seen."""

    def __init__(self, directory: Directory) -> None:
        self._by_token: Lookup[tuple[OrganizationId, Integration]] = Lookup(directory.integration)
        self._by_id: Recent[tuple[OrganizationId, Integration]] = Recent(
            lambda id: directory.integration_by_id(IntegrationId(id))
        )

    async def by_token(self, request: web.Request, source: str) -> Knocking:
        """Whoever shows the token of a source of this kind; a `Refusal` otherwise."""
        token = request.match_info.get("token") or offered_token(request)
        if token is None:
            raise nothing_offered()
        found = await self._by_token.find(token)
        if found is None or found[1].source != source:
            raise unauthorized("invalid_token", "This token does not open this webhook.")
        return Knocking(organization_id=found[0], integration=found[1])

    async def by_id(self, id: str, source: str) -> Knocking:
        """The source that is called so; it is not known yet whether it is the one."""
        found = await self._by_id.find(id) if id.isascii() else None
        if found is None or found[1].source != source:
            raise wrongly_signed()
        return Knocking(organization_id=found[0], integration=found[1])


def require_token_signature(request: web.Request, platform: str, lock: Lock, body: bytes) -> None:
    """`Refusal` unless the body is signed with the token of the source."""
    if lock.token is None:
        raise _older_than_signatures()
    spelled = platform.replace("_", "-")
    names = (f"X-{spelled}-Signature", "X-Signature", "X-Hub-Signature-256")
    require_signature(first_of(map(request.headers.get, names)), lock.token, body)


def _older_than_signatures() -> Refusal:
    return unauthorized(
        "unsignable",
        "The token of this alert source was made before it could check signatures; "
        "give it a new one with `tocsin integrations rotate`.",
    )
