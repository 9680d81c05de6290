"""Taking a port, and what is said when that cannot be."""

import socket

import pytest

from bot.listening import PortUnusable, port_of, take_port

HERE = "127.0.0.1"


def test_any_free_port_can_be_asked_for_and_is_known_at_once() -> None:
    with take_port(HERE, 0, setting="TOCSIN_PORT") as taken:
        assert port_of(taken) > 0


def test_who_connects_before_it_is_served_waits_in_the_queue() -> None:
    with (
        take_port(HERE, 0, setting="TOCSIN_PORT") as taken,
        socket.create_connection((HERE, port_of(taken))) as early,
    ):
        assert early.getpeername()[1] == port_of(taken)


def test_a_taken_port_is_a_sentence_that_names_the_setting() -> None:
    with take_port(HERE, 0, setting="TOCSIN_PORT") as taken:
        with pytest.raises(PortUnusable) as refusal:
            take_port(HERE, port_of(taken), setting="TOCSIN_SANDBOX_PORT")

        assert "another program listens there already" in str(refusal.value)
        assert "TOCSIN_SANDBOX_PORT" in str(refusal.value)


def test_an_address_of_another_machine_is_refused() -> None:
    with pytest.raises(PortUnusable, match="this machine does not have that address") as refusal:
        take_port("192.0.2.1", 0, setting="TOCSIN_PORT")

    assert "TOCSIN_HOST" in str(refusal.value)
    assert "TOCSIN_PORT" not in str(refusal.value)


def test_a_name_nobody_knows_names_the_host_setting() -> None:
    with pytest.raises(PortUnusable, match="TOCSIN_HOST"):
        take_port("no such host", 0, setting="TOCSIN_PORT")
