"""Requests that leave the house, to addresses that somebody typed.

Whatever is asked of the outside goes through `send`: to public addresses only, unless the installation allows others
(VINCLE_WEBHOOK_ALLOW), looked up once, without following anybody elsewhere, bounded in time and bytes.
"""

from vincle.flow.outgoing.address import Address, read_address
from vincle.flow.outgoing.sending import Answer, Unreachable, send

__all__ = ["Address", "Answer", "Unreachable", "read_address", "send"]
