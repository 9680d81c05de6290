"""What SNS asks to be got is got from Amazon over TLS, and from nowhere behind its name."""

import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext, create_default_context

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from bot.web.problems import Refusal
from bot.webhooks.fetching import LARGEST, Fetcher
from tests.processes import free_port
from tests.unit.webhooks.sns_sender import CERTIFICATE_URL, CONFIRM, HOST


class Names(AbstractResolver):
    """Every name leads to that address and port."""

    def __init__(self, address: str, port: int) -> None:
        self._address = address
        self._port = port
        self.asked: list[str] = []

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked.append(host)
        numeric = socket.AI_NUMERICHOST
        return [
            ResolveResult(
                hostname=host,
                host=self._address,
                port=self._port,
                family=socket.AF_INET,
                proto=0,
                flags=numeric,
            )
        ]

    async def close(self) -> None:
        """Nothing is open."""


class Amazon:
    """Says what it is told to say, and remembers what it was asked for."""

    def __init__(self, port: int, trusted: SSLContext) -> None:
        self.names = Names("127.0.0.1", port)
        self.trusted = trusted
        self.asked: list[str] = []
        self.says: Mapping[str, web.Response] = {}

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path_qs)
        return self.says.get(request.path) or web.Response(body=b"here")

    @asynccontextmanager
    async def fetcher(self) -> AsyncIterator[Fetcher]:
        fetcher = Fetcher(private=True, names=self.names, trusted=self.trusted)
        try:
            yield fetcher
        finally:
            await fetcher.close()


@pytest.fixture
async def amazon(tmp_path: Path) -> AsyncIterator[Amazon]:
    port, file = free_port(), _certificate(tmp_path)
    served, trusted = SSLContext(PROTOCOL_TLS_SERVER), create_default_context(cafile=file)
    served.load_cert_chain(file)
    amazon = Amazon(port, trusted)
    app = web.Application()
    app.router.add_get("/{rest:.*}", amazon.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port, ssl_context=served).start()
    yield amazon
    await runner.cleanup()


async def test_a_certificate_is_got_once_and_a_confirmation_each_time(amazon: Amazon) -> None:
    async with amazon.fetcher() as fetch:
        for url in (CERTIFICATE_URL, CERTIFICATE_URL, CONFIRM, CONFIRM):
            assert await fetch(url) == b"here"

    assert len(amazon.asked) == 3
    assert {"ConfirmSubscription" in asked for asked in amazon.asked[1:]} == {True}


async def test_another_host_is_not_even_looked_up(amazon: Amazon) -> None:
    async with amazon.fetcher() as fetch:
        with pytest.raises(Refusal) as refused:
            await fetch("https://evil.test/SimpleNotificationService-1.pem")

    assert refused.value.problem.status == 400
    assert amazon.names.asked == []


async def test_a_redirect_leads_nowhere(amazon: Amazon) -> None:
    amazon.says = {"/": web.Response(status=302, headers={"Location": f"https://{HOST}/other"})}

    async with amazon.fetcher() as fetch:
        with pytest.raises(Refusal) as refused:
            await fetch(CONFIRM)

    assert refused.value.problem.status == 503
    assert len(amazon.asked) == 1


async def test_more_than_a_certificate_is_not_read(amazon: Amazon) -> None:
    path = CERTIFICATE_URL.removeprefix(f"https://{HOST}")
    amazon.says = {path: web.Response(body=b"x" * (LARGEST + 1))}

    async with amazon.fetcher() as fetch:
        with pytest.raises(Refusal) as refused:
            await fetch(CERTIFICATE_URL)

    assert refused.value.problem.status == 503


async def test_who_cannot_show_that_it_is_amazon_is_not_asked(amazon: Amazon) -> None:
    fetch = Fetcher(private=True, names=amazon.names)

    with pytest.raises(Refusal) as refused:
        await fetch(CONFIRM)

    await fetch.close()
    assert refused.value.problem.status == 503
    assert amazon.asked == []


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0"])
async def test_a_name_that_leads_inside_is_not_followed(amazon: Amazon, address: str) -> None:
    names = Names(address, 443)
    fetch = Fetcher(names=names, trusted=amazon.trusted)

    with pytest.raises(Refusal) as refused:
        await fetch(CONFIRM)

    await fetch.close()
    assert refused.value.problem.status == 503
    assert names.asked == [HOST]


def _certificate(folder: Path) -> Path:
    """Of a server that is called as Amazon's, with its key, in one file."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .sign(key, SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        + certificate.public_bytes(Encoding.PEM)
    )
    return file
