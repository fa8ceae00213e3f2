"""``daybook staff``: who works here, and which roles they hold."""

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from .as_owner import By, as_owner, by_administrator, say
from .group import group

if TYPE_CHECKING:
    from daybook.foundation.places.models import Establishment, Unit

app = group()

Username = Annotated[str, typer.Argument(help="Staff number, as typed to sign in.")]
Role = Annotated[str, typer.Argument(help="Key of the role; 'daybook staff roles' lists them.")]
OfUnit = Annotated[str, typer.Option("--unit", help="Short name of the unit it is held for.")]
OfEstablishment = Annotated[
    str, typer.Option("--establishment", help="Short name of the establishment it is held for.")
]
Print = Annotated[
    bool, typer.Option("--print-password", help="Make a password by chance, and print it once.")
]
Day = datetime | None


@app.callback()
def staff() -> None:
    """Who works here, and which roles they hold.

    Needs the owner's address in DAYBOOK_OWNER_URL. A role decides whom somebody reaches and
    what they may read and write there; without one, an account opens nothing.
    """


@app.command()
def add(
    username: Username,
    family: Annotated[str, typer.Option(help="Family name.")],
    given: Annotated[str, typer.Option(help="Given name.")] = "",
    post: Annotated[str, typer.Option(help="The post, in the service's own words.")] = "",
    print_password: Print = False,
    by: By = "",
) -> None:
    """Open an account. Asks for the first password twice, or makes one by chance."""
    with by_administrator(by) as actor:
        from daybook.foundation.staff.accounts import open_account

        password = _password(made_by_chance=print_password)
        open_account(
            by=actor,
            username=username,
            given_name=given,
            family_name=family,
            post=post,
            password=password,
        )
    say.print(f"{username} can sign in. Next: 'daybook staff assign {username} ROLE'.")
    if print_password:
        typer.echo(password)


@app.command()
def password(username: Username, print_password: Print = False, by: By = "") -> None:
    """Give somebody a new password, and sign them out wherever they are signed in."""
    with by_administrator(by) as actor:
        from daybook.foundation.staff.accounts import account, renew_password

        staff = account(username)
        new = _password(made_by_chance=print_password)
        renew_password(by=actor, staff=staff, password=new)
    say.print(f"{username} has a new password.")
    if print_password:
        typer.echo(new)


@app.command()
def contact(
    username: Username,
    email: Annotated[
        str | None, typer.Option(help="Address that word goes to; an empty one takes it away.")
    ] = None,
    by: By = "",
) -> None:
    """Where word goes that something waits for somebody. Nothing else is ever sent there.

    Shows the address, and the key that stands for the person in a webhook.
    """
    with by_administrator(by) as actor:
        from daybook.foundation.staff.accounts import account, change_email

        staff = account(username)
        if email is not None:
            change_email(by=actor, staff=staff, email=email)
        typer.echo(f"e-mail: {staff.email or 'none'}")
        typer.echo(f"key: {staff.key}")


@app.command()
def badge(
    username: Username,
    withdraw: Annotated[
        bool, typer.Option("--withdraw", help="Take the badge back: it opens nothing any more.")
    ] = False,
    by: By = "",
) -> None:
    """Give somebody a badge for shared desks, and print its code once; the one before it ends."""
    with by_administrator(by) as actor:
        from daybook.foundation.staff.accounts import account
        from daybook.foundation.staff.badges import give_badge, withdraw_badge

        staff = account(username)
        code = "" if withdraw else give_badge(by=actor, staff=staff)
        if withdraw:
            withdraw_badge(by=actor, staff=staff)
    if withdraw:
        say.print(f"{username} has no badge.")
    else:
        say.print(f"{username} has a badge. Next, they sign in and choose its PIN, at My badge.")
        typer.echo(code)


@app.command("reset-factor")
def reset_factor(
    username: Username,
    because: Annotated[str, typer.Option(help="Why; the log keeps it.")],
    print_password: Print = False,
    by: By = "",
) -> None:
    """Somebody lost their second factor: forget all they have, and give a new password.

    A new one, because whoever signs in next sets the factor up. They are signed out everywhere,
    and told by a notice.
    """
    with by_administrator(by) as actor:
        from daybook.foundation.staff.accounts import account, renew_password
        from daybook.foundation.staff.factors import CALLED, forget_factors
        from daybook.web.notices import WAYS_RESET, tell_from_the_desk

        staff = account(username)
        gone = forget_factors(by=actor, staff=staff, kinds=CALLED, reason=because)
        new = _password(made_by_chance=print_password)
        renew_password(by=actor, staff=staff, password=new)
        tell_from_the_desk(WAYS_RESET, staff.pk)
    say.print(f"{username} has a new password, and {gone or 'no'} second factors less.")
    if print_password:
        typer.echo(new)


@app.command("sign-out")
def sign_out(
    username: Username,
    because: Annotated[str, typer.Option(help="Why; the log keeps it.")],
    by: By = "",
) -> None:
    """End every sign-in of somebody, at once, open pages included."""
    with by_administrator(by) as actor:
        from daybook.foundation.staff.accounts import account
        from daybook.foundation.staff.sign_ins import end_all

        ended = end_all(by=actor, staff=account(username), reason=because)
    say.print(f"{username} was signed in at {ended or 'no'} places, and is signed out.")


@app.command()
def close(username: Username, by: By = "") -> None:
    """Close an account, at once: every role ends. What the person wrote keeps their name."""
    with by_administrator(by) as actor:
        from daybook.foundation.access.actions import leave
        from daybook.foundation.staff.accounts import account

        leave(by=actor, staff=account(username))
    say.print(f"{username} can't sign in any more, and holds no role.")


@app.command()
def assign(
    username: Username,
    role: Role,
    unit: OfUnit = "",
    establishment: OfEstablishment = "",
    since: Annotated[
        Day, typer.Option(formats=["%Y-%m-%d"], help="First day; left out, from now.")
    ] = None,
    until: Annotated[
        Day, typer.Option(formats=["%Y-%m-%d"], help="Last day; left out, until it is ended.")
    ] = None,
    by: By = "",
) -> None:
    """Give somebody a role, for a unit or an establishment where the role is held for one."""
    with by_administrator(by) as actor:
        from daybook.foundation.access.actions import give_role
        from daybook.foundation.staff.accounts import account

        give_role(
            by=actor,
            staff=account(username),
            role=role,
            unit=_unit(unit),
            establishment=_establishment(establishment),
            since=_from(since),
            until=_through(until),
        )
    say.print(f"{username} holds {role}{_for(unit, establishment)}.")


@app.command()
def end(
    username: Username,
    role: Role,
    unit: OfUnit = "",
    establishment: OfEstablishment = "",
    on: Annotated[
        Day, typer.Option("--on", formats=["%Y-%m-%d"], help="Last day; left out, now.")
    ] = None,
    by: By = "",
) -> None:
    """End a role that somebody holds. The place matters only where it is held for several."""
    with by_administrator(by) as actor:
        from daybook.foundation.access.actions import end_role
        from daybook.foundation.staff.accounts import account

        end_role(
            by=actor,
            staff=account(username),
            role=role,
            unit=_unit(unit),
            establishment=_establishment(establishment),
            at=_through(on),
        )
    when = f"after {on:%Y-%m-%d}" if on else "from now on"
    say.print(f"{username} does not hold {role}{_for(unit, establishment)} {when}.")


@app.command("list")
def list_() -> None:
    """Everyone with an account, and the roles they hold or will hold."""
    with as_owner():
        from django.utils import timezone

        from daybook.foundation.access.roster import roster

        members = roster(now=timezone.now())
        table = Table("Staff number", "Name", "Post", "Roles", box=None, pad_edge=False)
        for member in members:
            roles = "\n".join(
                role.role
                + (f" of {role.place}" if role.place else "")
                + (f" from {_day(role.since)}" if role.since > timezone.now() else "")
                + (f" until {_last_day(role.until)}" if role.until else "")
                for role in member.roles
            )
            table.add_row(
                member.username,
                member.name,
                member.post,
                roles or ("none" if member.is_open else "closed"),
            )
    Console(highlight=False).print(table)


@app.command()
def roles() -> None:
    """The roles there are: what each is for, and what it is held for."""
    with as_owner():
        from daybook.foundation.access.roles import AT_AN_ESTABLISHMENT, CLERK, ROLES, Reach

        held_for = dict.fromkeys(AT_AN_ESTABLISHMENT, "establishment") | {Reach.UNIT: "unit"}
        table = Table("Role", "Held for", "What it is for", box=None, pad_edge=False)
        for role in ROLES.values():
            if role is not CLERK:
                table.add_row(role.key, held_for.get(role.reach, "–"), str(role.sentence))
    Console(highlight=False).print(table)


def _password(*, made_by_chance: bool) -> str:
    if made_by_chance:
        from daybook.foundation.staff.accounts import first_password

        return first_password()
    asked: str = typer.prompt("First password", hide_input=True, confirmation_prompt=True, err=True)
    return asked


def _unit(code: str) -> "Unit | None":
    from daybook.foundation.places.actions import unit_called

    return unit_called(code) if code else None


def _establishment(code: str) -> "Establishment | None":
    from daybook.foundation.places.actions import establishment_called

    return establishment_called(code) if code else None


def _from(first_day: Day) -> Day:
    """The first moment of a day; for today, now."""
    from django.utils import timezone

    if first_day is None or first_day.date() == timezone.localdate():
        return None
    return timezone.make_aware(datetime.combine(first_day, time()))


def _through(last_day: Day) -> Day:
    """The moment at which a last day is over."""
    from django.utils import timezone

    return last_day and timezone.make_aware(
        datetime.combine(last_day.date() + timedelta(days=1), time())
    )


def _day(moment: datetime) -> str:
    from django.utils import timezone

    return timezone.localtime(moment).date().isoformat()


def _last_day(over: datetime) -> str:
    return _day(over - timedelta(microseconds=1))


def _for(unit: str, establishment: str) -> str:
    return f" for {unit or establishment}" if unit or establishment else ""
