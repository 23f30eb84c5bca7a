"""A release that enough of the trusted keys have signed.

Beside the manifest stand the signatures over its exact bytes and the list of keys under
which they hold, so that a release and its keys are changed in one step.
"""

import datetime
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ..errors import BadKeys, BadRelease
from ..record import Record
from .keys import (
    Chain,
    Key,
    Signature,
    followed,
    parse_keys,
    signature_by,
    signers,
)
from .manifest import (
    KEYS,
    SIGNATURES,
    Manifest,
    check_files,
    current,
    manifest_bytes,
    parse_manifest,
    parse_strictly,
    written,
)
from .shelf import point_to, prune, write_beside


class Signatures(Record, frozen=True):
    """What `manifest.sig.json` holds."""

    signatures: tuple[Signature, ...]


class Verified(msgspec.Struct, frozen=True):
    """A manifest that holds, who signed it, and the longest chain of keys known."""

    manifest: Manifest
    signers: tuple[Key, ...]
    keys: Chain


def check_signatures(
    manifest: bytes, signatures: bytes, keys: bytes, trusted: Chain, where: str
) -> Verified:
    """Whether a manifest holds, by its three files alone.

    Raises `BadRelease` or `BadKeys`; the files that it names are not looked at.
    """
    chain = followed(trusted, parse_keys(keys, f"{where}/{KEYS}"), f"{where}/{KEYS}")
    root = chain.last
    found = signers(root, parse_signatures(signatures, where), manifest)
    if len(found) < root.threshold:
        raise BadKeys(
            f"{where}: {len(found)} of the {root.threshold} signatures that it needs; "
            "add one with `handrail sign`"
        )
    return Verified(parse_manifest(manifest, where), found, chain)


def parse_signatures(raw: bytes, where: str) -> tuple[Signature, ...]:
    try:
        return parse_strictly(raw, Signatures).signatures
    except (ValueError, RecursionError) as fault:
        raise BadKeys(f"{where}/{SIGNATURES}: holds no signatures: {fault}") from fault


def verify(folder: Path, trusted: Chain) -> Verified:
    """Check signatures, then every file. Raises `BadRelease` or `BadKeys`.

    Whether it has expired is for the caller to judge: an old copy is still served, but
    none is taken in anew.
    """
    found = verify_manifest(folder, trusted)
    check_files(folder, found.manifest)
    return found


def verify_manifest(folder: Path, trusted: Chain) -> Verified:
    """Check signatures alone. Raises `BadRelease` or `BadKeys`."""
    return check_signatures(
        manifest_bytes(folder),
        _beside(folder, SIGNATURES, "isn't signed; sign it with `handrail sign`"),
        _beside(folder, KEYS, "has no list of keys; sign it with `handrail sign`"),
        trusted,
        str(folder),
    )


def _beside(folder: Path, name: str, without: str) -> bytes:
    try:
        return (folder / name).read_bytes()
    except OSError as fault:
        raise BadKeys(f"{folder}: {without}") from fault


def check_newer(manifest: Manifest, held: Manifest, where: str) -> None:
    """Raises `BadRelease` for one older than what is held, or another of its number."""
    if manifest.sequence < held.sequence:
        raise BadRelease(
            f"{where}: sequence {manifest.sequence} is older than {held.sequence}, "
            "which is held here; publish the earlier records under a new sequence"
        )
    if manifest.sequence == held.sequence and manifest != held:
        raise BadRelease(
            f"{where}: differs from the release of the same sequence, "
            f"{held.sequence}, that is held here"
        )


def check_fresh(manifest: Manifest, now: datetime.datetime, where: str) -> None:
    """Raises `BadRelease` for one that may not be taken in at this moment."""
    if manifest.expired(now):
        raise BadRelease(
            f"{where}: expired on {manifest.expires:%Y-%m-%d %H:%M} UTC, and it is "
            f"{now:%Y-%m-%d %H:%M} here; the origin is stuck, or a clock is wrong"
        )
    if manifest.built_at > now + datetime.timedelta(days=1):
        raise BadRelease(
            f"{where}: was built on {manifest.built_at:%Y-%m-%d %H:%M} UTC, and it is "
            f"{now:%Y-%m-%d %H:%M} here; set this machine's clock"
        )


def add_signatures(
    manifest_path: Path, secrets: tuple[Ed25519PrivateKey, ...]
) -> tuple[Signature, ...]:
    """Sign a manifest, wherever it lies, beside those who have signed already."""
    content = manifest_path.read_bytes()
    parse_manifest(content, str(manifest_path))
    return merge_signatures(
        manifest_path, tuple(signature_by(secret, content) for secret in secrets)
    )


def merge_signatures(
    manifest_path: Path, more: tuple[Signature, ...]
) -> tuple[Signature, ...]:
    """Write signatures beside a manifest; a key's newer one replaces its older."""
    path = manifest_path.with_name(SIGNATURES)
    known = (
        parse_signatures(path.read_bytes(), str(path.parent)) if path.exists() else ()
    )
    by_key = {one.key: one for one in (*known, *more)}
    whole = tuple(by_key[key] for key in sorted(by_key))
    write_beside(path, written(Signatures(signatures=whole)))
    return whole


def publish(releases: Path, name: str, trusted: Chain) -> Verified:
    """Make a release current, once it holds and is no older than the current one.

    Raises `BadRelease` or `BadKeys`, and then the current one stays.
    """
    try:
        held = verify(current(releases), trusted)
    except BadRelease:
        held = None
    found = verify(releases / name, held.keys if held else trusted)
    if held:
        check_newer(found.manifest, held.manifest, str(releases / name))
    point_to(releases, name)
    prune(releases)
    return found
