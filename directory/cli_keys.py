"""The command line: secret keys, and the list of those that readers trust."""

import os
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import settings
from .errors import BadKeys
from .release.keys import Root, continued, key_of, parse_unsigned, read_keys
from .release.secret import (
    NeedsPassphrase,
    new_secret,
    public_path,
    read_public,
    read_secret,
)
from .release.shelf import write_beside

_FILE = click.Path(dir_okay=False, path_type=Path)
_PASSPHRASE = "HANDRAIL_PASSPHRASE"  # noqa: S105 — the variable's name

KEYS_OPTION = click.option(
    "--keys",
    "keys_file",
    type=_FILE,
    default=settings.keys_file,
    help="The list of keys to trust; else HANDRAIL_KEYS.",
)


@click.group()
def keys() -> None:
    """Make signing keys, and the list of those that readers trust."""


@keys.command("new")
@click.argument("file", type=_FILE)
@click.option("--passphrase", is_flag=True, help="Ask for one, and encrypt the key.")
def new_key(file: Path, *, passphrase: bool) -> None:
    """Make a secret key, FILE, and its public half, FILE.pub."""
    words = os.environ.get(_PASSPHRASE, "")
    if passphrase and not words:
        words = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True)
    try:
        public = new_secret(file, words)
    except BadKeys as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"Key {key_of(public, '').id}: {file} is secret and stays here.")
    click.echo(f"Hand on {public_path(file)}.")


@keys.command("root")
@click.argument("file", type=_FILE)
@click.option("--from", "before", type=_FILE, help="The list that this one follows.")
@click.option(
    "--add", "added", multiple=True, metavar="ROLE=FILE.pub", help="Who holds which."
)
@click.option("--remove", "removed", multiple=True, metavar="ID", help="A key's id.")
@click.option("--threshold", type=int, help="How many must sign.  [default: 2]")
def write_root(
    file: Path,
    before: Path | None,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    threshold: int | None,
) -> None:
    """Write a list of keys into FILE; it holds once it is signed.

    A first list needs signatures of its own keys. One that follows another needs, as
    well, those of the list before it: `handrail sign FILE --key …`, each on their own
    machine.
    """
    try:
        chain = read_keys(before) if before else None
        last = chain.last if chain else Root(version=0, threshold=2, keys=())
        known = {key.id: key for key in last.keys}
        for one in removed:
            if known.pop(one, None) is None:
                raise click.UsageError(f"--remove {one}: see `handrail keys show`.")
        for one in added:
            role, _, path = one.partition("=")
            if not role or not path:
                raise click.UsageError(f"--add {one}: write it as desk=desk.pem.pub.")
            key = key_of(read_public(Path(path)), role)
            known[key.id] = key
        root = Root(
            version=last.version + 1,
            threshold=threshold or last.threshold,
            keys=tuple(known.values()),
        )
        raw = continued(chain, root)
    except BadKeys as fault:
        raise click.ClickException(str(fault)) from None
    if file.exists():
        raise click.ClickException(f"{file}: is there already; choose another name")
    write_beside(file, raw)
    click.echo(f"List {root.version} is in {file}, and waits for signatures.")


@keys.command("show")
@click.argument("file", type=_FILE)
def show_keys(file: Path) -> None:
    """Say whose keys a list holds, and whether it is signed."""
    try:
        chain = parse_unsigned(read_bytes(file), str(file))
    except BadKeys as fault:
        raise click.ClickException(str(fault)) from None
    root = chain.last
    click.echo(f"List {root.version}: {root.threshold} of {len(root.keys)} must sign.")
    for key in root.keys:
        click.echo(f"  {key.id}  {key.role}")
    try:
        read_keys(file)
    except BadKeys as fault:
        raise click.ClickException(str(fault)) from None


def open_secret(path: Path) -> Ed25519PrivateKey:
    """Read a secret key; ask for its passphrase if it needs one. Raises `BadKeys`."""
    words = os.environ.get(_PASSPHRASE, "")
    try:
        return read_secret(path, words)
    except NeedsPassphrase:
        words = click.prompt(f"Passphrase of {path}", hide_input=True)
        return read_secret(path, words)


def read_bytes(path: Path) -> bytes:
    """Raises `BadKeys` when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as fault:
        raise BadKeys(f"{path}: {fault.strerror}") from fault
