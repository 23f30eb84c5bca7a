"""A signer's own half of a key: a PEM file that only its owner can read."""

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from ..errors import BadKeys


class NeedsPassphrase(BadKeys):
    """The key is encrypted, and no passphrase was given."""


def new_secret(path: Path, passphrase: str) -> Ed25519PublicKey:
    """Write a new key (PKCS #8) and, as `path` with `.pub`, its public half.

    Raises `BadKeys` when there is a file already: a key is never overwritten.
    """
    secret = Ed25519PrivateKey.generate()
    locked = BestAvailableEncryption(passphrase.encode()) if passphrase else None
    pem = secret.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, locked or NoEncryption()
    )
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(descriptor)
        public = secret.public_key()
        public_path(path).write_bytes(
            public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        )
    except FileExistsError:
        raise BadKeys(f"{path}: is there already; choose another name") from None
    except OSError as fault:
        raise BadKeys(f"{path}: {fault.strerror}") from fault
    return public


def public_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.pub")


def read_secret(path: Path, passphrase: str) -> Ed25519PrivateKey:
    """Raises `BadKeys`, `NeedsPassphrase` when it is encrypted and none is given."""
    try:
        if path.stat().st_mode & 0o077:
            raise BadKeys(f"{path}: others can read this key; run chmod 600")
        raw = path.read_bytes()
    except OSError as fault:
        raise BadKeys(f"{path}: {fault.strerror}") from fault
    try:
        found = load_pem_private_key(raw, passphrase.encode() or None)
    except TypeError as fault:
        if passphrase:
            raise BadKeys(f"{path}: has no passphrase; give none") from fault
        raise NeedsPassphrase(f"{path}: needs its passphrase") from fault
    except ValueError as fault:
        raise BadKeys(f"{path}: no secret key, or not its passphrase") from fault
    if not isinstance(found, Ed25519PrivateKey):
        raise BadKeys(f"{path}: is no Ed25519 key; make one with `handrail keys new`")
    return found


def read_public(path: Path) -> Ed25519PublicKey:
    """Raises `BadKeys`."""
    try:
        found = load_pem_public_key(path.read_bytes())
    except OSError as fault:
        raise BadKeys(f"{path}: {fault.strerror}") from fault
    except ValueError as fault:
        raise BadKeys(f"{path}: is no public key; give the .pub file") from fault
    if not isinstance(found, Ed25519PublicKey):
        raise BadKeys(f"{path}: is no Ed25519 key; make one with `handrail keys new`")
    return found
