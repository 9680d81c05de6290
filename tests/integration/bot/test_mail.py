"""Mail through a real SMTP server: with and without encryption, and when nobody answers."""

import asyncio
import socket
from collections.abc import AsyncIterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import structlog
from aiosmtpd.smtp import SMTP, AuthResult

from bot.mail import Letter, SmtpPost, mail_server

LETTER = Letter(to="zoë@example.com", subject="Your new password", text="Grüße\n\nthe-token\n")
SENDER = "Tocsin <tocsin@example.com>"


class Mailbox:
    """What arrived, and from and for whom."""

    def __init__(self) -> None:
        self.envelopes: list[Any] = []
        self.answers = ["250 OK"]

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if answer.startswith("250"):
            self.envelopes.append(envelope)
        return answer

    def only(self) -> EmailMessage:
        (envelope,) = self.envelopes
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
async def server(mailbox: Mailbox) -> AsyncIterator[asyncio.Server]:
    def connected() -> SMTP:
        return SMTP(
            mailbox,
            hostname="127.0.0.1",
            enable_SMTPUTF8=True,
            authenticator=_knows,
            auth_require_tls=False,
        )

    server = await asyncio.get_running_loop().create_server(connected, "127.0.0.1", 0)
    async with server:
        yield server


def _knows(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    right = (data.login, data.password) == (b"tocsin", b"p@ss/word")
    return AuthResult(success=right, handled=False)


def url(server: asyncio.Server, more: str = "", user: str = "") -> str:
    return f"smtp://{user}127.0.0.1:{server.sockets[0].getsockname()[1]}{more}"


def post(at: str) -> SmtpPost:
    return SmtpPost(mail_server(at), SENDER, pause=0.01)


async def test_a_letter_arrives_as_it_was_written(server: asyncio.Server, mailbox: Mailbox) -> None:
    assert await post(url(server)).send(LETTER)

    message = mailbox.only()
    assert mailbox.envelopes[0].rcpt_tos == ["zoë@example.com"]
    assert (message["From"], message["Subject"]) == (SENDER, "Your new password")
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content().replace("\r", "") == LETTER.text


async def test_a_user_and_a_password_are_taken_from_the_url(
    server: asyncio.Server, mailbox: Mailbox
) -> None:
    assert await post(url(server, user="tocsin:p%40ss%2Fword@")).send(LETTER)

    assert not await post(url(server, user="tocsin:wrong@")).send(LETTER)
    assert len(mailbox.envelopes) == 1


async def test_a_server_that_is_busy_is_asked_again(
    server: asyncio.Server, mailbox: Mailbox
) -> None:
    mailbox.answers = ["451 Later", "451 Later", "250 OK"]

    assert await post(url(server)).send(LETTER)

    assert len(mailbox.envelopes) == 1


async def test_without_encryption_nothing_is_sent_where_it_is_demanded(
    server: asyncio.Server, mailbox: Mailbox
) -> None:
    assert not await post(url(server, "?starttls")).send(LETTER)

    assert mailbox.envelopes == []


async def test_when_nobody_answers_the_log_says_so_and_not_what_was_written() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"smtp://127.0.0.1:{free.getsockname()[1]}"

    with structlog.testing.capture_logs() as lines:
        assert not await post(nobody).send(LETTER)

    assert {line["event"] for line in lines} == {"mail_not_sent"}
    assert "the-token" not in str(lines)


@pytest.mark.parametrize("to", ["bob@example.com\nBcc: eve@example.com", "bo\rb@example.com"])
async def test_an_address_that_is_none_gets_no_letter(
    server: asyncio.Server, mailbox: Mailbox, to: str
) -> None:
    letter = Letter(to=to, subject=LETTER.subject, text=LETTER.text)

    assert not await post(url(server)).send(letter)

    assert mailbox.envelopes == []


@pytest.mark.parametrize(
    ("given", "port", "tls", "starttls"),
    [
        ("smtp://mail.example.com", 25, False, None),
        ("smtp://mail.example.com:587?starttls", 587, False, True),
        ("smtps://mail.example.com", 465, True, None),
    ],
)
def test_the_url_says_how_the_server_is_reached(
    given: str, port: int, tls: bool, starttls: bool | None
) -> None:
    server = mail_server(given)

    assert (server.host, server.port) == ("mail.example.com", port)
    assert (server.tls, server.starttls) == (tls, starttls)
