"""Hands a vote from one process to the other through a file that everybody may read.

Once both are bound by their commitments, each seals its salt and vote for the other: with a key that
both derive by Diffie-Hellman from one secret number and the other's public one. Only a process that
holds one of the two secret numbers can read it, and these are never stored. So the file goes in one
step from two hashes to two votes. Whoever may also write the file and runs a changed program is not
kept out; what they hand over must still fit its commitment.
"""

import base64
import binascii
import hashlib

from review_board.errors import RefusedError

_PRIME = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AACAA68FFFFFFFFFFFFFFFF",
    16,
)
"""The 2048-bit group of RFC 3526, section 3; its generator is 2."""
SECRET_BYTES = 32
_BLOCK = 2048
"""Sealed texts are as long as this or a multiple, so that the length of a vote tells nothing."""


def public_key(secret: bytes) -> str:
    """Return what may be stored of a secret number."""
    return f"{pow(2, _number(secret), _PRIME):0512x}"


def seal(text: bytes, secret: bytes, other_key: str, place: str) -> str:
    """Return a text that only the holder of the other key can read; ``place`` makes each one differ."""
    framed = len(text).to_bytes(4, "big") + text
    padded = framed + bytes(-len(framed) % _BLOCK)
    return base64.b85encode(_mixed(padded, secret, other_key, place)).decode()


def unseal(sealed: str, secret: bytes, other_key: str, place: str) -> bytes:
    """Return what the other sealed for us. Raises ``RefusedError`` for what nobody sealed so."""
    try:
        framed = _mixed(base64.b85decode(sealed), secret, other_key, place)
    except (ValueError, binascii.Error) as error:
        raise RefusedError("What was handed over cannot be read") from error
    length = int.from_bytes(framed[:4], "big")
    if length > len(framed) - 4:
        raise RefusedError("What was handed over cannot be read")
    return framed[4 : 4 + length]


def _mixed(text: bytes, secret: bytes, other_key: str, place: str) -> bytes:
    """Return the text mixed with the stream of both keys and the place; twice gives it back."""
    shared = pow(_checked(other_key), _number(secret), _PRIME)
    seed = f"{shared:x} {place}".encode()
    stream = hashlib.shake_256(seed).digest(len(text))
    return bytes(one ^ other for one, other in zip(text, stream, strict=True))


def _checked(key: str) -> int:
    """Return a public number, unless it is one of the few that would give the secret away."""
    try:
        number = int(key, 16)
    except ValueError as error:
        raise RefusedError("A key of the pair review cannot be read") from error
    if not 1 < number < _PRIME - 1:
        raise RefusedError("A key of the pair review cannot be used")
    return number


def _number(secret: bytes) -> int:
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a secret has {SECRET_BYTES} bytes")
    return int.from_bytes(secret, "big")
