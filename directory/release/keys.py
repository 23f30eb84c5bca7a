"""Whose signatures hold: `keys.json`, a chain in which each list signs the next.

A list of keys ("root") says how many of them must sign. It holds when that many of its
own keys have signed it and, from the second on, that many of the list before it: so who
trusts one list can follow every later one, and a stolen key can neither add a key nor
remove one. Each list stands in the chain as the very text that was signed.
"""

import hashlib
from base64 import b64decode, b64encode
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from ..errors import BadKeys
from ..record import Record
from .manifest import parse_strictly, written

FEWEST = 2
"""Signatures that any list must ask for: one stolen key is to change nothing."""


class Key(Record, frozen=True, omit_defaults=False):
    """`public` is base64 of the key's DER form (SubjectPublicKeyInfo), as between the
    lines of a PEM file; `id` the first 16 hex digits of that DER's sha256; `role` says
    who holds the secret half."""

    id: str
    role: str
    public: str
    algorithm: Literal["ed25519"] = "ed25519"


class Signature(Record, frozen=True, omit_defaults=False):
    """Over the exact bytes of a document; base64."""

    key: str
    signature: str
    algorithm: Literal["ed25519"] = "ed25519"


class Root(Record, frozen=True):
    version: int
    threshold: int
    keys: tuple[Key, ...]


class SignedRoot(Record, frozen=True):
    """`root` is the text of a `Root`, and `signatures` are over its UTF-8."""

    root: str
    signatures: tuple[Signature, ...] = ()

    def parsed(self) -> Root:
        return parse_strictly(self.root.encode(), Root)


class Chain(Record, frozen=True):
    """What a `keys.json` holds, the oldest list first."""

    roots: tuple[SignedRoot, ...]

    @property
    def last(self) -> Root:
        return self.roots[-1].parsed()


def key_of(public: Ed25519PublicKey, role: str) -> Key:
    der = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return Key(
        id=hashlib.sha256(der).hexdigest()[:16],
        role=role,
        public=b64encode(der).decode(),
    )


def signature_by(secret: Ed25519PrivateKey, content: bytes) -> Signature:
    return Signature(
        key=key_of(secret.public_key(), "").id,
        signature=b64encode(secret.sign(content)).decode(),
    )


def signers(
    root: Root, signatures: Iterable[Signature], content: bytes
) -> tuple[Key, ...]:
    """The keys of a list whose signature fits; each counts once, unknown ones not."""
    known = {key.id: key for key in root.keys}
    good = {
        one.key for one in signatures if one.key in known and _fits(known, one, content)
    }
    return tuple(key for key in root.keys if key.id in good)


def _fits(known: dict[str, Key], one: Signature, content: bytes) -> bool:
    try:
        raw = b64decode(one.signature, validate=True)
        if b64encode(raw).decode() != one.signature:
            return False
        _public(known[one.key]).verify(raw, content)
    except (ValueError, InvalidSignature):
        return False
    return True


def _public(key: Key) -> Ed25519PublicKey:
    """Raises `ValueError` unless it is an Ed25519 key in its one spelling."""
    try:
        found = load_der_public_key(b64decode(key.public, validate=True))
    except UnsupportedAlgorithm as fault:
        raise ValueError("unknown kind of key") from fault
    if not isinstance(found, Ed25519PublicKey) or key_of(found, key.role) != key:
        raise ValueError("no Ed25519 key, or another one's id")
    return found


def read_keys(path: Path) -> Chain:
    """Raises `BadKeys` for what can't be read or doesn't hold."""
    try:
        return parse_keys(path.read_bytes(), str(path))
    except OSError as fault:
        raise BadKeys(f"{path}: {fault.strerror}; say where keys.json is") from fault


def parse_keys(raw: bytes, where: str) -> Chain:
    """A chain in which every list holds. Raises `BadKeys`."""
    chain = parse_unsigned(raw, where)
    before: Root | None = None
    for number, link in enumerate(chain.roots, 1):
        root = link.parsed()
        content = link.root.encode()
        for judge in (before, root):
            if judge is None:
                continue
            found = len(signers(judge, link.signatures, content))
            if found < judge.threshold:
                raise BadKeys(
                    f"{where}: list {number} has {found} of the {judge.threshold} "
                    f"signatures that list {judge.version} asks for; add them with "
                    "`handrail sign`"
                )
        before = root
    return chain


def parse_unsigned(raw: bytes, where: str) -> Chain:
    """A chain in form; its last list may still wait for signatures."""
    try:
        chain = parse_strictly(raw, Chain)
        _sound(chain)
    except (ValueError, RecursionError) as fault:
        raise BadKeys(f"{where}: is no list of keys: {fault}") from fault
    return chain


def _sound(chain: Chain) -> None:
    if not chain.roots:
        raise ValueError("holds no list")
    for number, link in enumerate(chain.roots, 1):
        _sound_root(link.parsed(), number)


def _sound_root(root: Root, number: int) -> None:
    if root.version != number:
        raise ValueError(f"list {number} calls itself {root.version}")
    if not FEWEST <= root.threshold <= len(root.keys):
        raise ValueError(
            f"list {number} asks for {root.threshold} signatures of {len(root.keys)} "
            f"keys; at least {FEWEST}, and no more than there are keys"
        )
    for key in root.keys:
        _public(key)
    if len({key.id for key in root.keys}) < len(root.keys):
        raise ValueError(f"list {number} has a key twice")


def followed(trusted: Chain, offered: Chain, where: str) -> Chain:
    """The longer of two chains, once both agree on every list that they share.

    Raises `BadKeys` when what is offered doesn't descend from what is trusted.
    """
    shared = zip(trusted.roots, offered.roots, strict=False)
    if any(one.root != other.root for one, other in shared):
        raise BadKeys(f"{where}: doesn't follow from the keys that are trusted here")
    return max(trusted, offered, key=lambda chain: len(chain.roots))


def continued(chain: Chain | None, root: Root) -> bytes:
    """A chain with one more list, still unsigned. Raises `BadKeys` if it is unsound."""
    link = SignedRoot(root=written(root).decode())
    raw = written(Chain(roots=(*(chain.roots if chain else ()), link)))
    parse_unsigned(raw, "the new list")
    return raw


def with_signature(chain: Chain, secret: Ed25519PrivateKey) -> Chain:
    """The same with the last list signed by one more key."""
    *before, last = chain.roots
    one = signature_by(secret, last.root.encode())
    others = tuple(known for known in last.signatures if known.key != one.key)
    signed = msgspec.structs.replace(last, signatures=(*others, one))
    return Chain(roots=(*before, signed))
