"""Check values: each change in the ledger is sealed with one that covers all changes before it."""

import re
from hashlib import blake2b

_SEAL = re.compile(rb',"chain":"([0-9a-f]{16})"\}\n')
_LENGTH = len(b',"chain":"0123456789abcdef"}\n')
_ERASED = re.compile(rb',"erased":"([0-9a-f]{16})"\}')
_ERASED_LENGTH = len(b',"erased":"0123456789abcdef"}')


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
    body = line[:-_LENGTH] + b"}"
    erased = _ERASED.fullmatch(body, max(0, len(body) - _ERASED_LENGTH))
    if erased:
        return erased[1].decode() == _value(body[:-_ERASED_LENGTH] + b"}", previous)
    return stated(line) == _value(body, previous)


def seal_erased(body: bytes, previous: str, value: str) -> bytes:
    """Return the line of a change from which something was erased.

    It keeps the ``value`` that later changes go on from, and is sealed as it is now with another.
    """
    seal = _value(body, previous).encode()
    return b'%b,"erased":"%b","chain":"%b"}\n' % (body[:-1], seal, value.encode())


def new_digest(data: bytes = b"") -> blake2b:
    """Return the check value of a side file, which further pieces may be taken into."""
    return blake2b(data, digest_size=16)


def _value(body: bytes, previous: str) -> str:
    return blake2b(body, digest_size=8, key=previous.encode()).hexdigest()
