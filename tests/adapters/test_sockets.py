"""Whether a server can listen, and who could reach it."""

from __future__ import annotations

import socket

import pytest

from meterward.adapters.sockets import address_of, is_loopback, why_not_listen


def test_a_port_is_free_until_somebody_listens_there() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        port = other.getsockname()[1]
        other.listen()
        assert why_not_listen("127.0.0.1", port) == "Address already in use"
        assert why_not_listen("localhost", port) == "Address already in use"
    assert why_not_listen("127.0.0.1", port) == ""


def test_what_is_no_address_is_said() -> None:
    assert why_not_listen("no such host", 8000)
    assert why_not_listen("192.0.2.1", 8000) == "Cannot assign requested address"


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("localhost", True),
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("0.0.0.0", False),  # noqa: S104 - nothing listens there
        ("::", False),
        ("192.0.2.1", False),
        ("no such host", False),
    ],
)
def test_only_the_loopback_is_this_machine_alone(host: str, loopback: bool) -> None:
    assert is_loopback(host) is loopback


def test_a_name_has_an_address() -> None:
    assert address_of("localhost") == "127.0.0.1"
    assert address_of("::1") == "::1"
