"""Which machines may be spoken to: the public ones, and those that this installation allows by name or network.

A name is judged by the numbers it stands for, whatever its notation: 127.0.0.1 is refused as 0x7f.1, as 017700000001,
as 2130706433 and as ::ffff:7f00:1 all the same.
"""

import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from django.utils.translation import gettext as _

from vincle.flow.outgoing.address import Address
from vincle.kernel.errors import BadInput, Refused, VincleError

SETTING = "VINCLE_WEBHOOK_ALLOW"

Number = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

# IPv6 networks whose last 32 bits are an address of IPv4: translated (RFC 6052, RFC 8215), compatible (RFC 4291).
_CARRYING = tuple(ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "::/96", "::ffff:0:0/96"))
_NEVER = tuple(ip_network(each) for each in ("100::/64", "2001:db8::/32", "5f00::/16", "fec0::/10", "192.88.99.0/24"))


class Unknown(VincleError):
    """Nobody knows the name."""


@dataclass(frozen=True, slots=True)
class Allowance:
    """What may be spoken to though it is not public: names, exactly, and networks."""

    names: frozenset[str] = frozenset()
    networks: tuple[Network, ...] = ()

    def holds(self, host: str, number: Number) -> bool:
        """Whether that machine is among them."""
        return host in self.names or any(number in network for network in self.networks)


def allowance() -> Allowance:
    """What VINCLE_WEBHOOK_ALLOW says: names of machines and networks, with commas between."""
    names, networks = set(), []
    for item in os.environ.get(SETTING, "").split(","):
        text = item.strip().strip("[]").lower()
        if not text:
            continue
        try:
            networks.append(ip_network(text, strict=False))
        except ValueError:
            names.add(text.rstrip("."))
    return Allowance(frozenset(names), tuple(networks))


def pinned(address: Address) -> str:
    """The number that a request to `address` goes to: looked up once, here, and not again.

    Raises `Refused` when any of the numbers it stands for may not be spoken to, or it would be spoken to in the clear,
    and `Unknown` when it stands for none.
    """
    allowed, numbers = allowance(), _numbers(address)
    for number in numbers:
        if allowed.holds(address.host, number):
            continue
        if not is_public(number):
            raise Refused(
                _("“%(host)s” is not a machine on the public internet.") % {"host": address.host},
                _("Whoever looks after this Vincle can allow it: %(setting)s.") % {"setting": SETTING},
            )
        if address.plain:
            raise Refused(_("What is sent over http can be read on its way."), _("Use an address with https."))
    return str(numbers[0])


def is_public(number: Number) -> bool:
    """Whether it is an address that anybody on the internet might have, also as IPv6 carries one of IPv4."""
    if isinstance(number, IPv6Address):
        if number.scope_id or number.is_site_local:
            return False
        carried = _carried(number)
        if carried is not None:
            return is_public(carried)
    private = number.is_private or number.is_loopback or number.is_link_local or number.is_unspecified
    special = number.is_multicast or number.is_reserved or any(number in network for network in _NEVER)
    return number.is_global and not private and not special


def _carried(number: IPv6Address) -> IPv4Address | None:
    """The IPv4 address inside one of IPv6, if there is one."""
    if any(number in network for network in _CARRYING):
        return IPv4Address(int(number) & 0xFFFF_FFFF)
    if number.sixtofour is not None:
        return number.sixtofour
    return number.teredo[1] if number.teredo is not None else None


def _numbers(address: Address) -> Sequence[Number]:
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError) as error:
        raise Unknown(_("Nobody knows where “%(host)s” is.") % {"host": address.host}) from error
    try:
        numbers = [ip_address(str(sockaddr[0])) for *_rest, sockaddr in found]
    except ValueError as error:
        raise BadInput(_("“%(host)s” stands for no address.") % {"host": address.host}) from error
    if not numbers:
        raise Unknown(_("Nobody knows where “%(host)s” is.") % {"host": address.host})
    return numbers
