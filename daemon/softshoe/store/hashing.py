"""Secrets are kept as what they hash to: short ones by scrypt, long random ones by SHA-256."""

import hashlib
import hmac
import secrets

_COST = 14  # 2^14: 16 MB and some 50 ms a guess on a desktop, 0.4 s on a Pi Zero 2 (estimated)
_BLOCK = 8


def slow_hash(secret: str) -> str:
    """For PINs and codes, which are short enough to be guessed: slow, and salted."""
    salt = secrets.token_bytes(16)
    return f"{_COST}${salt.hex()}${_scrypt(secret, salt, _COST).hex()}"


def is_hash_of(secret: str, hashed: str) -> bool:
    """Compared in constant time."""
    cost, salt, expected = hashed.split("$")
    found = _scrypt(secret, bytes.fromhex(salt), int(cost))
    return hmac.compare_digest(found, bytes.fromhex(expected))


def token_hash(token: str) -> str:
    """For tokens, whose 256 random bits nobody guesses."""
    return hashlib.sha256(token.encode()).hexdigest()


def _scrypt(secret: str, salt: bytes, cost: int) -> bytes:
    memory = 2 * 128 * _BLOCK * 2**cost
    return hashlib.scrypt(secret.encode(), salt=salt, n=2**cost, r=_BLOCK, p=1, maxmem=memory)
