"""Encryption of single values, and a keyed index to find them by.

AES-256-GCM with the id of its key in front, bound to its row: a value that is moved to another row does not open.
The index is an HMAC with another key, since a plain hash of an identity number is found by trying all numbers.
"""

import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

_NONCE = 12


def newest_key() -> str:
    """Return the id of the key that encrypts."""
    return next(iter(settings.IDENTITY_KEYS))


def key_of(value: bytes) -> str:
    """Return the id of the key that a value was encrypted with."""
    return value.partition(b":")[0].decode()


def encrypt(value: str, bound_to: object) -> bytes:
    """Encrypt with the newest key, bound to the row `bound_to`."""
    key_id = newest_key()
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(settings.IDENTITY_KEYS[key_id]).encrypt(nonce, value.encode(), str(bound_to).encode())
    return key_id.encode() + b":" + nonce + sealed


def decrypt(value: bytes, bound_to: object) -> str:
    """Decrypt what `encrypt` made for the same row. Raises `cryptography.exceptions.InvalidTag` for another row."""
    key_id, _, rest = value.partition(b":")
    key = settings.IDENTITY_KEYS[key_id.decode()]
    return AESGCM(key).decrypt(rest[:_NONCE], rest[_NONCE:], str(bound_to).encode()).decode()


def blind_index(value: str) -> bytes:
    """Return the 32 bytes by which an encrypted value is found, by the newest key."""
    return blind_indexes(value)[0]


def blind_indexes(value: str) -> list[bytes]:
    """Return the index of a value by each key, newest first: what is sought may have been indexed by an older one."""
    keys = settings.IDENTITY_INDEX_KEYS.values()
    return [hmac.new(key, value.encode(), hashlib.sha256).digest() for key in keys]
