"""The command line: sign and check a release, keep a mirror of another node's."""

import datetime
import sys
import time
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import settings
from .cli_keys import KEYS_OPTION, keys, open_secret, read_bytes
from .errors import BadKeys, BadRelease
from .release.keys import (
    Chain,
    parse_unsigned,
    read_keys,
    with_signature,
)
from .release.manifest import KEYS, MANIFEST, current, written
from .release.manifest import verify as check
from .release.shelf import LOCK, alone, write_beside
from .release.signed import (
    Verified,
    add_signatures,
    check_fresh,
    merge_signatures,
    parse_signatures,
    publish,
    verify,
)

_FILE = click.Path(dir_okay=False, path_type=Path)
_ANY = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)
_EXPIRED = 3


@click.command()
@click.argument("target", type=_ANY)
@click.option("--key", "secrets", type=_FILE, multiple=True, help="A secret key.")
@click.option(
    "--with",
    "others",
    type=_FILE,
    multiple=True,
    help="A manifest.sig.json that came back from somebody else.",
)
@KEYS_OPTION
def sign(
    target: Path,
    secrets: tuple[Path, ...],
    others: tuple[Path, ...],
    keys_file: Path | None,
) -> None:
    """Sign TARGET: a release's folder, its manifest.json alone, or a keys.json.

    Only the manifest has to travel: sign it where your key is, and send back the
    manifest.sig.json that is written beside it. A folder among other releases becomes
    the current one once enough have signed.
    """
    if not secrets and not others:
        raise click.UsageError("Give --key, or --with.")
    try:
        opened = tuple(open_secret(path) for path in secrets)
        if target.is_dir():
            _sign_folder(target, opened, others, keys_file)
        elif target.name == MANIFEST:
            signed = add_signatures(target, opened)
            click.echo(f"{target.parent}: {len(signed)} signatures.")
        else:
            _sign_keys(target, opened)
    except BadRelease as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.ClickException(f"{target}: {fault.strerror}") from None


def _sign_folder(
    folder: Path,
    secrets: tuple[Ed25519PrivateKey, ...],
    others: tuple[Path, ...],
    keys_file: Path | None,
) -> None:
    releases, manifest = folder.parent, folder / MANIFEST
    trusted = _trusted(keys_file or folder / KEYS)
    found = check(folder)
    is_shelf = (releases / LOCK).exists()
    for other in others:
        merge_signatures(manifest, parse_signatures(read_bytes(other), str(other)))
    add_signatures(manifest, secrets)
    if not (folder / KEYS).exists():
        write_beside(folder / KEYS, written(trusted))
    try:
        if is_shelf:
            with alone(releases):
                click.echo(_said(publish(releases, found.folder_name, trusted)))
            click.echo("It is the current release.")
        else:
            click.echo(_said(verify(folder, trusted)))
    except BadKeys as fault:
        click.echo(f"Signed. {fault}.")


def _sign_keys(file: Path, secrets: tuple[Ed25519PrivateKey, ...]) -> None:
    chain = parse_unsigned(read_bytes(file), str(file))
    for secret in secrets:
        chain = with_signature(chain, secret)
    write_beside(file, written(chain))
    try:
        read_keys(file)
    except BadKeys as fault:
        click.echo(f"Signed. {fault}.")
    else:
        click.echo(f"Signed. List {chain.last.version} holds.")


@click.command("verify")
@click.argument("target", type=_FOLDER, default=settings.releases_folder)
@KEYS_OPTION
@click.option("--at", help="A moment, 2026-11-21T12:00Z, in place of now.")
@click.option("--at-least", type=int, default=0, help="The lowest sequence to accept.")
def verify_command(
    target: Path, keys_file: Path | None, at: str | None, at_least: int
) -> None:
    """Check signatures, files, sequence and age of a release, or of the current one.

    Ends with 0 when it holds, 1 when it doesn't, 2 when the question was wrong, 3 when
    it holds and has expired.
    """
    trusted = _trusted(keys_file)
    now = _moment(at)
    try:
        folder = target if (target / MANIFEST).exists() else current(target)
        found = verify(folder, trusted)
    except BadRelease as fault:
        click.echo(f"Refused: {fault}.", err=True)
        sys.exit(1)
    sequence = found.manifest.sequence
    if sequence < at_least:
        click.echo(f"Refused: sequence {sequence} is older than {at_least}.", err=True)
        sys.exit(1)
    click.echo(_said(found))
    try:
        check_fresh(found.manifest, now, str(folder))
    except BadRelease as fault:
        click.echo(f"No longer fresh: {fault}.", err=True)
        sys.exit(_EXPIRED)


@click.command("mirror")
@click.argument("url")
@click.argument("releases", metavar="DIR", type=_FOLDER)
@KEYS_OPTION
@click.option("--every", type=click.FloatRange(min=1), help="Seconds between looks.")
def mirror_command(
    url: str, releases: Path, keys_file: Path | None, every: float | None
) -> None:
    """Keep the releases in DIR in step with those at URL: a folder, http(s) or s3.

    Takes over what enough trusted keys have signed and is newer and fresh; else what is
    in DIR stays, and DIR/mirror.json says why. Ends with 1 if a single look failed.
    """
    from .release.mirror import mirror  # noqa: PLC0415 — fsspec is heavy to import

    trusted = _trusted(keys_file)
    while True:
        state = mirror(url, releases, trusted, _moment(None))
        if state.ok:
            click.echo(f"In step with {url}: sequence {state.sequence}.")
        else:
            click.echo(f"Refused, what is held stays: {state.why}.", err=True)
        if every is None:
            sys.exit(0 if state.ok else 1)
        time.sleep(every)


def _said(found: Verified) -> str:
    manifest = found.manifest
    return (
        f"Release {manifest.release[:12]}, sequence {manifest.sequence}: holds, signed "
        f"by {', '.join(key.role for key in found.signers)}; "
        f"{manifest.counts['resources']} records as of {manifest.facts_as_of}, fresh "
        f"until {manifest.expires:%Y-%m-%d %H:%M} UTC."
    )


def _trusted(keys_file: Path | None) -> Chain:
    if keys_file is None:
        raise click.UsageError("Give --keys, or set HANDRAIL_KEYS.")
    try:
        return read_keys(keys_file)
    except BadKeys as fault:
        raise click.ClickException(str(fault)) from None


def _moment(given: str | None) -> datetime.datetime:
    if given is None:
        return datetime.datetime.now(datetime.UTC)
    try:
        found = datetime.datetime.fromisoformat(given)
    except ValueError:
        raise click.UsageError("--at: write 2026-11-21T12:00Z.") from None
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


COMMANDS = (keys, sign, verify_command, mirror_command)
