"""Check values: each change in the ledger is sealed with one that covers all changes before it."""

import re
from hashlib import blake2b

_SEAL = re.compile(rb',"chain":"([0-9a-f]{16})"\}\n')
_LENGTH = len(b',"chain":"0123456789abcdef"}\n')


def seal(body: bytes, previous: str) -> tuple[bytes, str]:
    """Return the line of a JSON object with its check value as the last field, and that value.

    ``previous`` is the value of the change before it; empty where the chain begins.
    """
    value = _value(body, previous)
    return b'%b,"chain":"%b"}\n' % (body[:-1], value.encode()), value


def stated(line: bytes) -> str:
    """Return the check value that a line ends with; empty for a line without one."""
    found = _SEAL.fullmatch(line, max(0, len(line) - _LENGTH))
    return found[1].decode() if found else ""


def is_sealed(line: bytes, previous: str) -> bool:
    """Return whether the line is as it was written, directly after the change with ``previous``."""
    return stated(line) == _value(line[:-_LENGTH] + b"}", previous)


def digest(data: bytes) -> str:
    """Return the check value of a whole side file."""
    return blake2b(data, digest_size=16).hexdigest()


def _value(body: bytes, previous: str) -> str:
    return blake2b(body, digest_size=8, key=previous.encode()).hexdigest()
