"""`meterward person`: who can sign in. What they may do there is said by records, and nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.text import Text

from meterward import wiring
from meterward.cli.columns import GAP, print_columns, print_text, widest
from meterward.cli.exits import Exit
from meterward.cli.passwords import password_for, password_option
from meterward.cli.refusal import refused, unreadable
from meterward.cli.source import home_option
from meterward.cli.terminal import console
from meterward.core.base.days import plural
from meterward.core.base.problem import Problem
from meterward.present.phrases import clean

if TYPE_CHECKING:
    from pathlib import Path

    from meterward.usecases.ports import WaysTaken
    from meterward.wiring.setting_up import Listed


@click.group()
def person() -> None:
    r"""Say who can sign in: under which name, as whom, and with which password.

    Records know a person by a pseudonym and an organisation, never by a name; here the two are joined. What a person
    may do in a ledger is read from its records, so somebody new also needs a role there: role.appointed for the
    licensee's own people, access.granted for everybody else.

    \b
    Examples:
      meterward person add counsel --pseudonym p-03 --organisation brightwater
      meterward person list
      meterward person close counsel
    """


@person.command(short_help="Let somebody sign in.")
@click.argument("name")
@click.option("--pseudonym", required=True, metavar="P", help="What records call the person, such as p-03.")
@click.option("--organisation", required=True, metavar="O", help="For whom the person acts, such as the licensee.")
@password_option()
@home_option()
def add(name: str, pseudonym: str, organisation: str, password_stdin: bool, home: Path | None) -> int:  # noqa: FBT001 - a flag of the command line
    r"""Let somebody sign in as NAME, with a password of at least twelve characters.

    A name belongs to one person for good. Who was closed can be added again, as the same person.

    \b
    Examples:
      meterward person add counsel --pseudonym p-03 --organisation brightwater
      meterward person add officer --pseudonym p-31 --organisation authority \
        --password-stdin < password
    """
    from meterward.usecases.ports import PersonKept  # noqa: PLC0415 - help needs no store
    from meterward.wiring.setting_up import add_person  # noqa: PLC0415 - the same

    password = password_for(clean(name), piped=password_stdin)
    if problem := add_person(wiring.home_of(home), PersonKept(name, pseudonym, organisation), password):
        return refused([problem]).show()
    print_text(console(), Text(f"“{name}” signs in as {pseudonym} of {organisation}."))
    told = "A role in a ledger comes from its records: role.appointed, or access.granted for another organisation."
    print_text(console(), Text(told, "dim"))
    return Exit.IN_ORDER


@person.command(short_help="Invite somebody by mail.")
@click.argument("name")
@click.option("--email", required=True, metavar="ADDRESS", help="Where the link goes.")
@click.option("--pseudonym", required=True, metavar="P", help="What records call the person, such as p-03.")
@click.option("--organisation", required=True, metavar="O", help="For whom the person acts, such as the licensee.")
@home_option()
def invite(name: str, email: str, pseudonym: str, organisation: str, home: Path | None) -> int:
    r"""Invite somebody by mail, who chooses a password or a passkey. NAME is proposed to sign in by.

    The link is good once, and for seven days. Whoever is invited again gets a new link; the old one leads nowhere.
    While METERWARD_MAIL names no server the mail is written into the folder “mail” of the home.

    \b
    Examples:
      meterward person invite counsel --email counsel@brightwater.example \
        --pseudonym p-03 --organisation brightwater
    """
    from meterward.usecases.ports import PersonKept  # noqa: PLC0415 - help needs no store
    from meterward.wiring.ways_in.operating import invite_person  # noqa: PLC0415 - the same

    done = invite_person(wiring.home_of(home), PersonKept(name, pseudonym, organisation), email)
    if isinstance(done, Problem):
        return refused([done]).show()
    folder = done.folder
    lies = f"The mail lies in the folder “{folder}” of the home" if folder else f"A mail went to {email}"
    print_text(console(), Text(f"“{name}” is invited as {pseudonym} of {organisation}. {lies}."))
    return Exit.IN_ORDER


@person.command(short_help="Take away every way in but the password.")
@click.argument("name")
@home_option()
def reset(name: str, home: Path | None) -> int:
    r"""Take away whatever lets NAME in but the password, after a second factor was lost.

    These are the app, passkeys and recovery codes, linked accounts, tokens and open sessions: whoever has the lost
    phone may have an account or a session on it as well, and such an account can count as a second factor.

    Be sure that it is they who ask. The password stays; they set up the rest anew once they signed in. Who has none
    also needs one then, and so does everybody whose password may be known: “meterward person password” gives it.
    Passkeys that sign records let nobody in and stay; their holder ends them.

    \b
    Examples:
      meterward person reset counsel
    """
    from meterward.wiring.ways_in.operating import reset_person  # noqa: PLC0415 - help needs no store

    done = reset_person(wiring.home_of(home), name)
    if isinstance(done, Problem):
        return refused([done]).show()
    print_text(console(), Text(f"“{done.person.sign_in}” {_taken(done.taken)}"))
    return Exit.IN_ORDER


@person.command("list", short_help="List those who can sign in.")
@home_option()
def list_(home: Path | None) -> int:
    r"""List those who can sign in, or once could, with the roles that each ledger gives them today.

    \b
    Examples:
      meterward person list
      meterward person list --home /srv/meterward
    """
    from meterward.wiring.setting_up import list_people  # noqa: PLC0415 - help needs no store

    found = list_people(wiring.home_of(home))
    if isinstance(found, Problem):
        return unreadable(found).show()
    _show(found)
    return Exit.IN_ORDER


@person.command(short_help="Give somebody another password.")
@click.argument("name")
@password_option()
@home_option()
def password(name: str, password_stdin: bool, home: Path | None) -> int:  # noqa: FBT001 - a flag of the command line
    r"""Give NAME another password. Whoever is signed in with the old one has to sign in again.

    \b
    Examples:
      meterward person password counsel
      meterward person password counsel --password-stdin < password
    """
    from meterward.wiring.setting_up import change_password  # noqa: PLC0415 - help needs no store

    done = change_password(wiring.home_of(home), name, password_for(clean(name), piped=password_stdin))
    if isinstance(done, Problem):
        return refused([done]).show()
    print_text(console(), Text(f"“{done.sign_in}” has a new password."))
    return Exit.IN_ORDER


@person.command(short_help="Let somebody sign in no more.")
@click.argument("name")
@home_option()
def close(name: str, home: Path | None) -> int:
    r"""Let NAME sign in no more, from this moment. What the person recorded stays, as everything does.

    The roles that records give the person stay too, until a record.ended ends them.

    \b
    Examples:
      meterward person close counsel
    """
    from meterward.wiring.setting_up import close_person  # noqa: PLC0415 - help needs no store

    done = close_person(wiring.home_of(home), name)
    if isinstance(done, Problem):
        return refused([done]).show()
    print_text(console(), Text(f"“{done.sign_in}” signs in no more."))
    return Exit.IN_ORDER


def _taken(taken: WaysTaken) -> str:
    nouns = ("second factor", "linked account", "token", "session")
    gone = ", ".join(plural(count, noun) for count, noun in zip(taken, nouns, strict=True) if count)
    if not gone:
        return "had no second factor, linked account, token or session: nothing was taken away."
    return f"has no way in any more but a password. Taken away: {gone}."


def _show(found: list[Listed]) -> None:
    on = console()
    if not found:
        print_text(on, Text("Nobody can sign in yet: “meterward person add” lets somebody."))
        return
    rows = [
        (Text(one.person.sign_in, "bold"), Text(f"{one.person.pseudonym} of {one.person.organisation}"), _roles(one))
        for one in found
    ]
    names, people = (widest(row[place] for row in rows) for place in (0, 1))
    for name, who, roles in rows:
        print_columns(on, [(name, names), (who, people), (roles, on.width - names - people - 2 * GAP)])


def _roles(one: Listed) -> Text:
    if one.closed:
        return Text("invited" if one.invited else "closed", "dim")
    held = [f"{', '.join(role.replace('_', ' ') for role in roles)} in {name}" for name, roles in one.roles.items()]
    return Text("; ".join(held)) if held else Text("no role in any ledger yet", "dim")
