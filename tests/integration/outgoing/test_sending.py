"""One request to a server: where it may go, and how long it may take."""

import asyncio

import pytest

from bot.outgoing.addresses import ForbiddenAddress
from bot.outgoing.sending import Sender, Unanswered
from tests.integration.outgoing.receiver import Receiver


async def test_nothing_is_sent_to_this_machine_unless_it_may_be(receiver: Receiver) -> None:
    sender = Sender(private=False)

    with pytest.raises(ForbiddenAddress, match=r"127[.]0[.]0[.]1 leads where"):
        await sender.post(receiver.url, {}, b"{}")

    await sender.close()
    assert receiver.received == []


async def test_a_name_that_leads_to_this_machine_is_seen_through(receiver: Receiver) -> None:
    sender = Sender(private=False)
    url = receiver.url.replace("127.0.0.1", "localhost")

    with pytest.raises(ForbiddenAddress, match=r"localhost leads where .* TOCSIN_WEBHOOKS_PRIVATE"):
        await sender.post(url, {}, b"{}")

    await sender.close()
    assert receiver.received == []


@pytest.mark.parametrize(
    "host",
    [
        *("0x7f.1", "2130706433", "017700000001", "127.1", "0177.0.0.1", "0", "127.0.0.1."),
        *("%31%32%37.0.0.1", "[::ffff:127.0.0.1]", "[::127.0.0.1]", "[::ffff:7f00:1%25lo]"),
    ],
)
async def test_odd_spellings_of_an_address_are_seen_through(host: str, receiver: Receiver) -> None:
    sender = Sender(private=False)

    with pytest.raises((ForbiddenAddress, Unanswered)):
        await sender.post(receiver.url.replace("127.0.0.1", host), {}, b"{}")

    await sender.close()
    assert receiver.received == []


async def test_a_name_is_found_where_it_may_be(receiver: Receiver) -> None:
    sender = Sender(private=True)

    answer = await sender.post(receiver.url.replace("127.0.0.1", "localhost"), {}, b"{}")

    await sender.close()
    assert answer.status == 200


async def test_a_server_that_never_answers_is_left(receiver: Receiver) -> None:
    receiver.answers = [-1]
    sender = Sender(private=True, patience=0.2)

    with pytest.raises(Unanswered, match=r"did not answer within 0\.2 seconds"):
        await sender.post(receiver.url, {}, b"{}")

    await sender.close()


async def test_a_name_that_nobody_has_is_said_to_be_unknown() -> None:
    sender = Sender(private=True)

    with pytest.raises(Unanswered, match="no address is known for it"):
        await sender.post("http://nowhere.invalid/hook", {}, b"{}")

    await sender.close()


async def test_something_that_is_no_web_server_is_said_to_be_none() -> None:
    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.com ready\r\n")
        writer.close()

    server = await asyncio.start_server(babble, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    sender = Sender(private=True)

    with pytest.raises(Unanswered, match=r"did not answer as a web server|hung up"):
        await sender.post(f"http://127.0.0.1:{port}/", {}, b"{}")

    await sender.close()
    server.close()
    await server.wait_closed()
