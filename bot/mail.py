"""Sends mail through somebody's mail server, if there is one."""

import asyncio
from dataclasses import dataclass, field
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from typing import Protocol
from urllib.parse import unquote, urlsplit

import aiosmtplib
import structlog

ATTEMPTS = 3
PAUSE = 5.0
PATIENCE = 20.0
"""Seconds for one attempt."""

_PORTS = {"smtp": 25, "smtps": 465}

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What somebody is to read. It may hold a secret, so it is logged nowhere."""

    to: str
    subject: str
    text: str = field(repr=False)


class Post(Protocol):
    async def send(self, letter: Letter) -> bool:
        """Whether a mail server took it; never raises for what a server does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    host: str
    port: int
    username: str | None
    password: str | None = field(repr=False)
    tls: bool
    starttls: bool | None
    """None: encrypted if the server offers it."""


def mail_server(url: str) -> MailServer:
    """Of `smtp://user:password@host:port?starttls` or `smtps://…`."""
    parts = urlsplit(url)
    return MailServer(
        host=parts.hostname or "",
        port=parts.port or _PORTS[parts.scheme],
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls=parts.scheme == "smtps",
        starttls=True if "starttls" in parts.query else None,
    )


class SmtpPost:
    def __init__(self, server: MailServer, sender: str, *, pause: float = PAUSE) -> None:
        self._server = server
        self._sender = sender
        self._pause = pause

    async def send(self, letter: Letter) -> bool:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._hand_over(letter)
            except (aiosmtplib.SMTPException, MessageError, OSError, ValueError) as problem:
                log.warning(
                    "mail_not_sent",
                    subject=letter.subject,
                    reason=type(problem).__name__,
                    advice="Look at TOCSIN_SMTP_URL and TOCSIN_MAIL_FROM.",
                )
            else:
                return True
            if attempt < ATTEMPTS:
                await asyncio.sleep(self._pause)
        return False

    async def _hand_over(self, letter: Letter) -> None:
        server = self._server
        await aiosmtplib.send(
            self._written(letter),
            recipients=[letter.to],
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            use_tls=server.tls,
            start_tls=False if server.tls else server.starttls,
            timeout=PATIENCE,
        )

    def _written(self, letter: Letter) -> EmailMessage:
        message = EmailMessage()
        message["From"] = self._sender
        name, _, domain = letter.to.rpartition("@")
        message["To"] = Address(username=name, domain=domain)
        message["Subject"] = letter.subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.text)
        return message
