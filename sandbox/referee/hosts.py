"""Where an app in this process connects to: nowhere but to this machine."""

import ipaddress
import sys
from typing import Any

from sandbox.world import World

LOCAL_NAMES = frozenset({"localhost", "", "0.0.0.0", "::"})  # noqa: S104 - compared, not bound
WATCHED = ("socket.connect", "socket.getaddrinfo")


class HostWatch:
    """Every connection to another machine is a finding, and so is looking one up."""

    def __init__(self, world: World) -> None:
        self._world = world

    def open(self) -> None:
        _WATCHERS.add(self)
        _Hook.install()

    def close(self) -> None:
        _WATCHERS.discard(self)

    def see(self, host: str) -> None:
        self._world.journal.finding(
            "foreign_host", f"The app wants to talk to {host} instead of the sandbox.", where=host
        )


_WATCHERS: set[HostWatch] = set()


class _Hook:
    """Python lets nobody take a hook of its audit away again, so there is one for all."""

    is_installed = False

    @classmethod
    def install(cls) -> None:
        if not cls.is_installed:
            cls.is_installed = True
            sys.addaudithook(_hear)


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _WATCHERS or event not in WATCHED:
        return
    host = _host_of(event, arguments)
    if host is not None and not _is_local(host):
        for watcher in tuple(_WATCHERS):
            watcher.see(host)


def _host_of(event: str, arguments: tuple[Any, ...]) -> str | None:
    named = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
    if event == "socket.connect":
        # Sockets of the file system have a path for an address.
        named = named[0] if isinstance(named, tuple) and named else None
    return named.decode("ascii", "replace") if isinstance(named, bytes) else named


def _is_local(host: str) -> bool:
    if host in LOCAL_NAMES:
        return True
    try:
        return ipaddress.ip_address(host.partition("%")[0]).is_loopback
    except ValueError:
        return host.endswith(".localhost")
