"""Ports of this machine: whether a server can listen on one."""

from __future__ import annotations

import ipaddress
import socket


def why_not_listen(host: str, port: int) -> str:
    """Why nobody can listen there, in words; empty if it is free. A server that just ended does not count."""
    try:
        ((family, _, _, _, address), *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        with socket.socket(family, socket.SOCK_STREAM) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def address_of(host: str) -> str:
    """The address of a host, as a server wants it; the host itself if it has none."""
    try:
        return str(socket.getaddrinfo(host, None, family=socket.AF_INET)[0][4][0])
    except OSError:
        return host


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    try:
        return ipaddress.ip_address(address_of(host)).is_loopback
    except ValueError:
        return False
