"""Ports: taken before anything else is opened, so that a taken one is a sentence and no mess."""

import errno
import socket
from socket import AddressFamily

_REASONS = {
    errno.EADDRINUSE: "another program listens there already",
    errno.EACCES: "only an administrator may listen there",
    errno.EADDRNOTAVAIL: "this machine does not have that address",
}


class PortUnusable(Exception):
    """Nobody can listen there; the sentence names the setting."""


def take_port(host: str, port: int, *, setting: str) -> socket.socket:
    """A listening socket; who connects before it is served waits in its queue.

    `setting` is the variable that chose the port.
    """
    family, address = _resolve(host, port)
    taken = socket.socket(family, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind(address)
        taken.listen(socket.SOMAXCONN)
    except OSError as problem:
        taken.close()
        raise PortUnusable(_refusal(f"{host}:{port}", setting, problem)) from problem
    return taken


def port_of(taken: socket.socket) -> int:
    """The port it really has, which is news where any free one was asked for."""
    port: int = taken.getsockname()[1]
    return port


def _refusal(place: str, setting: str, problem: OSError) -> str:
    reason = _REASONS.get(problem.errno or 0, problem.strerror or str(problem))
    mend = f"let {setting} name another port"
    if problem.errno == errno.EADDRNOTAVAIL:
        mend = "let TOCSIN_HOST name one it has, such as 127.0.0.1"
    return f"Tocsin cannot listen at {place}, because {reason}; {mend}."


def _resolve(host: str, port: int) -> tuple[AddressFamily, tuple[str, int]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except OSError as problem:
        raise PortUnusable(
            f"Tocsin cannot listen at “{host}”, because no such address is known; "
            "let TOCSIN_HOST name one, such as 127.0.0.1."
        ) from problem
    family, _, _, _, address = min(found, key=lambda one: one[0] is not socket.AF_INET)
    return family, (str(address[0]), int(address[1]))
