"""The command line: check the records, build a release, look into it, serve it."""

import datetime
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import click
import msgspec
from rich.console import Console
from rich.progress import track

from . import __version__, rules, settings
from . import catalogue as files
from .catalogue import record_schema
from .cli_keys import KEYS_OPTION, open_secret
from .cli_signing import COMMANDS
from .errors import (
    BadExport,
    BadQuery,
    BadRecords,
    BadRelease,
    BadSetting,
    NotFound,
)
from .hsds.datapackage import write_datapackage
from .language import catalogue as catalogue_of
from .language import negotiate
from .plan import labels as plan_labels
from .plan.plan import plan as make_plan
from .plan.situation import from_fields as situation_from
from .record import in_language
from .release.build import FRESH_DAYS, Signing
from .release.build import build as build_release
from .release.keys import read_keys
from .release.manifest import current
from .release.reader import Release
from .resource import Published
from .search.engine import Engine
from .search.question import from_fields

T = TypeVar("T")
_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="handrail")
def main() -> None:
    """Handrail: whom to turn to, anywhere, about sexual abuse of children."""


@main.command()
@click.option("--resources", type=_FOLDER, default=settings.resources_folder)
@click.option("--quiet", is_flag=True, help="Errors only, no warnings.")
def check(resources: Path, *, quiet: bool) -> None:
    """Name every problem of every record, with its remedy. Exit 1 on any error."""
    try:
        catalogue, problems = files.read(resources)
    except NotADirectoryError as fault:
        raise click.ClickException(str(fault)) from None
    problems.extend(rules.problems(catalogue, _today()))
    errors = [problem for problem in problems if problem.level == "error"]
    warnings = [problem for problem in problems if problem.level == "warning"]
    for problem in errors if quiet else problems:
        click.echo(f"{problem.level}: {problem}")
    click.echo(
        f"{len(catalogue.resources)} records, {len(errors)} errors, "
        f"{len(warnings)} warnings"
    )
    sys.exit(1 if errors else 0)


@main.command()
@click.option("--resources", type=_FOLDER, default=settings.resources_folder)
@click.option("--to", "releases", type=_FOLDER, default=settings.releases_folder)
@click.option("--sign", "secrets", type=_FILE, multiple=True, help="A secret key.")
@KEYS_OPTION
@click.option(
    "--fresh-days",
    type=click.IntRange(1, 366),
    default=FRESH_DAYS,
    show_default=True,
    help="How long a copy may pass for fresh.",
)
def build(
    resources: Path,
    releases: Path,
    secrets: tuple[Path, ...],
    keys_file: Path | None,
    fresh_days: int,
) -> None:
    """Compile the records into a release. The old one is served until it is whole.

    With a list of keys, the new one becomes current once enough of them have signed.
    """
    if secrets and keys_file is None:
        raise click.UsageError("--sign needs --keys, or HANDRAIL_KEYS.")
    try:
        manifest = build_release(
            resources,
            releases,
            datetime.datetime.now(datetime.UTC),
            _progress,
            signing=_signing(keys_file, secrets) if keys_file else None,
            fresh_days=fresh_days,
        )
    except BadRecords as fault:
        for problem in fault.problems:
            click.echo(f"error: {problem}", err=True)
        raise click.ClickException(
            f"{len(fault.problems)} errors; nothing was built, the old release stays"
        ) from None
    except BadRelease as fault:
        raise click.ClickException(str(fault)) from None
    except OSError as fault:
        raise click.ClickException(
            f"{fault.strerror or fault}; nothing was built, the old release stays"
        ) from None
    click.echo(
        f"Release {manifest.release[:12]}, sequence {manifest.sequence}: "
        f"{manifest.counts['resources']} records with "
        f"{manifest.counts['channels']} channels."
    )
    if keys_file and not _is_current(releases, manifest.folder_name):
        click.echo(
            "It waits for another signature, and the old release stays: run "
            f"handrail sign {releases / manifest.folder_name} --key …"
        )


def _is_current(releases: Path, name: str) -> bool:
    try:
        return current(releases).name == name
    except BadRelease:
        return False


def _signing(keys_file: Path, secrets: tuple[Path, ...]) -> Signing:
    return Signing(read_keys(keys_file), tuple(open_secret(path) for path in secrets))


def _progress(what: str, items: Iterable[T], total: int) -> Iterable[T]:
    console = Console(stderr=True)
    if not console.is_terminal:
        return items
    return track(items, description=what, total=total, console=console)


@main.command()
@click.argument("folder", metavar="DIR", type=_FOLDER)
@click.option("--places", default="", help="Only these: KE,UG (and what they lead to).")
@click.option("--languages", default="", help="Only these: en,ar.")
@click.option("--site", default=settings.site, help="Where the codes on cards lead.")
@click.option("--from", "releases", type=_FOLDER, default=settings.releases_folder)
def export(
    folder: Path, releases: Path, places: str, languages: str, site: str
) -> None:
    """Write the site into DIR as files, for any web server or none at all.

    An earlier export in DIR is replaced as a whole.
    """
    from .web.export.write import export as write  # noqa: PLC0415 — heavy to import

    try:
        manifest = write(
            _open(releases),
            folder,
            datetime.datetime.now(datetime.UTC),
            leave_to=settings.leave_to(),
            site=site.rstrip("/"),
            places=_several(places),
            languages=_several(languages),
            progress=_progress,
        )
    except BadExport as fault:
        raise click.ClickException(f"{fault}\nNothing was changed.") from None
    except OSError as fault:
        where = fault.filename or folder
        raise click.ClickException(
            f"{where}: {fault.strerror or fault}; nothing was changed"
        ) from None
    for line in manifest.over_budget():
        click.echo(f"warning: {line}", err=True)
    if not site:
        click.echo("No square code on the cards: give --site for one.", err=True)
    click.echo(
        f"{folder}: {manifest.files} files, {manifest.bytes / 1e6:.1f} MB, "
        f"{len(manifest.places)} places, {', '.join(manifest.languages)}."
    )


def _several(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


@main.command()
@click.argument("record_id", metavar="ID")
@click.option("--from", "releases", type=_FOLDER, default=settings.releases_folder)
def show(record_id: str, releases: Path) -> None:
    """Print one record as JSON."""
    release = _open(releases)
    try:
        raw = release.raw(record_id)
    except NotFound as fault:
        more = f": {fault.reason}" if fault.reason else ""
        onward = f"; see {fault.successor}" if fault.successor else ""
        raise click.ClickException(f"{fault}{more}{onward}") from None
    click.echo(msgspec.json.format(raw, indent=2).decode())


@main.command()
@click.argument("words", nargs=-1)
@click.option("--jurisdiction", default="", help="A code: KE, GB-WLS, EU, 001.")
@click.option("--need", default="", help="What is needed: talk, report, remove…")
@click.option("--kind", default="")
@click.option("--topic", default="")
@click.option("--audience", default="")
@click.option("--age", type=int)
@click.option("--language", default="", help="A language that the service speaks.")
@click.option("--channel", default="", help="phone, sms, chat, email…")
@click.option("--open-now", is_flag=True)
@click.option("--anonymous", is_flag=True)
@click.option("--place", default="", help="A town.")
@click.option("--near", default="", help="Latitude,longitude.")
@click.option("--within-km", type=int)
@click.option("--limit", type=int, default=10, show_default=True)
@click.option("--lang", default="", help="Language of names and summaries.")
@click.option("--from", "releases", type=_FOLDER, default=settings.releases_folder)
def search(words: tuple[str, ...], releases: Path, **fields: object) -> None:
    """Find records by words, place, need and more."""
    release = _open(releases)
    try:
        question = from_fields(
            {"q": " ".join(words)} | {k: v for k, v in fields.items() if v}
        )
        answer = Engine(release).answer(question, datetime.datetime.now(datetime.UTC))
    except BadQuery as fault:
        raise click.ClickException(str(fault)) from None
    lang = question.lang or negotiate(os.environ.get("LANG", "")[:2])
    for hit in answer.hits:
        record = msgspec.json.decode(hit.row.json, type=Published)
        click.echo(f"{record.id}  {in_language(record.name, lang)[0]}")
        click.echo(f"  {hit.level} {hit.jurisdiction}, confidence {record.confidence}")
        for channel, opening in zip(record.channels, hit.opening, strict=True):
            click.echo(f"  {channel.type}: {channel.value}  ({opening.state})")
    click.echo(f"{answer.total} found")


@main.command("plan")
@click.option("--located-in", required=True, help="Where the person is: KE, US-TX…")
@click.option("--happened-in")
@click.option("--hosted-in", help="Where the pictures or the account are.")
@click.option("--platform", help="On which app or site: discord, snapchat…")
@click.option("--lives-in")
@click.option("--subject", help="me, child-i-know, child-online, my-past…")
@click.option("--role", help="child, young-person, parent, survivor, witness…")
@click.option("--age", type=int, help="Age now of the person it is about.")
@click.option("--age-in-image", type=int, help="Age when the picture was made.")
@click.option("--need", "needs", multiple=True, help="talk, report, remove…")
@click.option("--language", "languages", multiple=True)
@click.option("--silent", is_flag=True, help="Speaking aloud won't do.")
@click.option("--anonymous", is_flag=True)
@click.option("--in-danger", is_flag=True)
@click.option("--lang", help="Language of the reasons.")
@click.option("--from", "releases", type=_FOLDER, default=settings.releases_folder)
def plan_command(releases: Path, **fields: object) -> None:
    """Ordered steps for a situation. Nothing of it is kept."""
    release = _open(releases)
    given = {name: value for name, value in fields.items() if value not in {None, ()}}
    try:
        situation = situation_from(given, release.jurisdictions)
        made = make_plan(situation, release, datetime.datetime.now(datetime.UTC))
    except BadQuery as fault:
        raise click.ClickException(str(fault)) from None
    lang = situation.lang or negotiate(os.environ.get("LANG", "")[:2])
    say = catalogue_of(lang).gettext
    for number, step in enumerate(made.steps, 1):
        click.echo(f"{number}. {say(plan_labels.STEP[step.kind])}  [{step.reason}]")
        for one, _ in step.numbers:
            click.echo(f"   {one.value}  {', '.join(one.services)}")
        for offer in (step.offer, step.then):
            if offer:
                name = in_language(offer.record.name, lang)[0]
                click.echo(f"   {name} ({offer.rung} {offer.jurisdiction})")
                click.echo(f"   {offer.channel.type}: {offer.channel.value}")
    for gap in made.gaps:
        found = gap.found_in or "nowhere"
        click.echo(f"Not known in {gap.place}: {gap.kind}; found in {found}")


@main.command()
def schema() -> None:
    """Print the JSON Schema of a record, for editors that complete as one types."""
    click.echo(record_schema().decode(), nl=False)


@main.command()
@click.argument("folder", type=_FOLDER, metavar="DIR")
@click.option("--from", "releases", type=_FOLDER, default=settings.releases_folder)
def hsds(folder: Path, releases: Path) -> None:
    """Write the release as an HSDS data package (CSV) into the new folder DIR."""
    try:
        rows = write_datapackage(_open(releases), folder)
    except OSError as fault:
        raise click.ClickException(f"{fault}; nothing was written") from None
    click.echo(f"{rows['service']} services in {len(rows)} tables in {folder}.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=click.IntRange(1, 256), default=1, show_default=True)
@click.option("--from", "releases", type=_FOLDER, default=settings.releases_folder)
def serve(host: str, port: int, workers: int, releases: Path) -> None:
    """Serve the current release; a newer one is picked up as soon as it is there."""
    from .web.server import run  # noqa: PLC0415 — the server is heavy to import

    _open(releases).close()
    try:
        settings.per_minute(), settings.trusted_proxies()
        settings.security_contact()
    except BadSetting as fault:
        raise click.ClickException(str(fault)) from None
    run(host, port, workers, releases)


@main.command("mcp")
@click.option("--http", is_flag=True, help="Over HTTP, at /mcp; else standard input.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True)
@click.option("--from", "releases", type=_FOLDER, default=settings.releases_folder)
def mcp_command(host: str, port: int, releases: Path, *, http: bool) -> None:
    """Serve the directory as tools for assistants (Model Context Protocol).

    A newer release is picked up as soon as it is there. Nothing asked is logged.
    """
    try:
        from .mcp.server import serve as serve_tools  # noqa: PLC0415 — an extra
    except ModuleNotFoundError as fault:
        if (fault.name or "").split(".")[0] not in {"mcp", "mcp_types", "uvicorn"}:
            raise
        raise click.ClickException(
            "this needs more libraries; install them by: pip install 'handrail[mcp]'"
        ) from None
    _open(releases).close()
    if http:
        click.echo(f"Handrail's tools are on http://{host}:{port}/mcp", err=True)
    keys_file = settings.keys_file()
    serve_tools(
        releases,
        lambda: datetime.datetime.now(datetime.UTC),
        settings.site(),
        read_keys(keys_file) if keys_file else None,
        (host, port) if http else None,
    )


def _open(releases: Path) -> Release:
    keys_file = settings.keys_file()
    try:
        trusted = read_keys(keys_file) if keys_file else None
        return Release(current(releases), trusted=trusted)
    except BadRelease as fault:
        raise click.ClickException(str(fault)) from None


def _today() -> datetime.date:
    return datetime.datetime.now(datetime.UTC).date()


for command in COMMANDS:
    main.add_command(command)


if __name__ == "__main__":
    main()
