"""Installing the app into a workspace: `/slack/install` and `/slack/oauth_redirect`."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from secrets import token_urlsafe
from urllib.parse import urlencode, urljoin

from aiohttp import web

from bot.encryption import Cipher
from bot.slack.config import SlackConfig
from bot.slack.gateway import Gateway
from bot.slack.methods import BOT_SCOPES
from bot.slack.shapes import Answer
from bot.slack.workspaces import OpenGateway
from core.domain.ids import SlackUserId, TeamId
from core.ports import Clock, Undeliverable, Unreachable
from core.ports.installations import Installation, Installations

INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"
COOKIE = "tocsin_slack_install"
GOOD_FOR = 600
"""Seconds between the first page and the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vault:
    """Where installations are kept, and what makes their tokens unreadable."""

    installations: Installations
    cipher: Cipher


class NotInstalled(Exception):
    """The installation was refused; the message is for the person in the browser."""


class OAuth:
    def __init__(
        self, config: SlackConfig, vault: Vault, open_gateway: OpenGateway, clock: Clock
    ) -> None:
        self._config = config
        self._vault = vault
        self._open_gateway = open_gateway
        self._clock = clock

    def routes(self) -> list[web.RouteDef]:
        return [web.get(INSTALL, self.install), web.get(REDIRECT, self.redirected)]

    async def install(self, request: web.Request) -> web.StreamResponse:
        """Off to Slack, with a state that only this browser can bring back."""
        state = self._state(token_urlsafe(16), int(self._clock().timestamp()) + GOOD_FOR)
        query = {
            "client_id": self._config.client_id,
            "scope": ",".join(BOT_SCOPES),
            "state": state,
            "redirect_uri": self._redirect_uri(),
        }
        page = urljoin(self._config.api_url, "../oauth/v2/authorize")
        response = web.HTTPFound(f"{page}?{urlencode(query)}")
        secure = self._config.base_url.startswith("https://")
        response.set_cookie(
            COOKIE, state, max_age=GOOD_FOR, httponly=True, secure=secure, samesite="Lax"
        )
        raise response

    async def redirected(self, request: web.Request) -> web.StreamResponse:
        try:
            team = await self._installed(request.query, request.cookies.get(COOKIE, ""))
        except NotInstalled as refusal:
            return _page(str(refusal), status=400)
        except (Unreachable, Undeliverable) as failure:
            return _page(f"{failure} Open {INSTALL} to try again.", status=502)
        response = _page(f"Tocsin is installed in {team}. Type /incident there to begin.")
        response.del_cookie(COOKIE)
        return response

    async def _installed(self, query: Mapping[str, str], cookie: str) -> str:
        state = query.get("state", "")
        if not (state and hmac.compare_digest(state.encode(), cookie.encode())):
            raise NotInstalled(f"This page was not asked for by this browser; open {INSTALL}.")
        if not self._is_good(state):
            raise NotInstalled(f"That took too long; open {INSTALL} to begin again.")
        if not query.get("code"):
            raise NotInstalled("Slack did not install the app; nothing was changed.")
        return await self._keep(await self._exchanged(query["code"]))

    async def _exchanged(self, code: str) -> Answer:
        arguments = {
            "client_id": self._config.client_id,
            "client_secret": self._config.client_secret,
            "code": code,
            "redirect_uri": self._redirect_uri(),
        }
        return await self._open_gateway("", "").exchange(arguments)

    async def _keep(self, answer: Answer) -> str:
        team, token = answer["team"], str(answer["access_token"])
        await self._require_ours(team["id"])
        gateway: Gateway = self._open_gateway(token, team["id"])
        identity = await gateway.identity()
        sealed = self._vault.cipher.encrypt(token)
        installation = Installation(
            organization_id=self._config.organization_id,
            team_id=TeamId(team["id"]),
            team_name=team.get("name") or "",
            bot_user_id=SlackUserId(identity.bot_user_id),
            bot_id=identity.bot_id,
            token_ciphertext=sealed,
            scopes=tuple(filter(None, str(answer.get("scope") or "").split(","))),
            installed_at=self._clock(),
        )
        await self._vault.installations.save(installation)
        return installation.team_name or "your workspace"

    async def _require_ours(self, team_id: str) -> None:
        """An organisation has one workspace: nobody gets at its incidents by installing too."""
        for other in await self._vault.installations.all():
            ours = other.organization_id == self._config.organization_id
            if ours and other.team_id != team_id:
                raise NotInstalled(
                    f"This Tocsin serves the workspace {other.team_name}; remove the app there "
                    "before you install it in another."
                )

    def _redirect_uri(self) -> str:
        return self._config.base_url.rstrip("/") + REDIRECT

    def _state(self, nonce: str, expires: int) -> str:
        seal = hmac.new(self._key(), f"{expires}.{nonce}".encode(), sha256).hexdigest()
        return f"{expires}.{nonce}.{seal}"

    def _is_good(self, state: str) -> bool:
        expires, _, rest = state.partition(".")
        nonce = rest.rpartition(".")[0]
        if not (expires.isascii() and expires.isdigit() and len(expires) <= 12):
            return False
        genuine = hmac.compare_digest(self._state(nonce, int(expires)).encode(), state.encode())
        return genuine and int(expires) >= self._clock().timestamp()

    def _key(self) -> bytes:
        return f"slack install {self._config.client_secret}".encode()


def _page(sentence: str, *, status: int = 200) -> web.Response:
    text = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Tocsin</title>'
        f"<p>{escape(sentence)}</p></html>"
    )
    return web.Response(
        text=text,
        status=status,
        content_type="text/html",
        headers={"Content-Security-Policy": "default-src 'none'", "Cache-Control": "no-store"},
    )
