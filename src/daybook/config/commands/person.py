"""``daybook person``: everything that is kept about somebody, for them."""

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from .as_owner import say
from .group import group

app = group()


@app.callback()
def person() -> None:
    """What somebody may ask of the service about themselves."""


@app.command()
def everything(
    number: Annotated[str, typer.Argument(help="The person's number in any of your systems.")],
    by: Annotated[
        str, typer.Option(metavar="STAFF-NUMBER", help="The data-protection officer who decides.")
    ],
    recipient: Annotated[str, typer.Option(help="Who receives it, by name.")],
    because: Annotated[str, typer.Option(help="On what law, and what was weighed.")],
    to: Annotated[
        Path, typer.Option(help="A folder for the two files.", exists=True, file_okay=False)
    ],
    asked_on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Today, unless said.")
    ] = None,
) -> None:
    """Gather everything about one person into a PDF and a JSON file, others made unreadable.

    What is withheld as a rule, such as what the complaints custodian keeps, is named in it with
    the reason. For a request with reasons of its own, decide on the page. The files are readable
    by you alone: encrypt them for whoever receives them, and delete them here.
    """
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from daybook.foundation.access.viewer import look_as
    from daybook.foundation.disclosures.actions.giving import decide, give
    from daybook.foundation.disclosures.forms import RequestForm
    from daybook.foundation.disclosures.queries.requests import number_known
    from daybook.foundation.disclosures.views import as_pdf
    from daybook.foundation.registry.cannot import Cannot
    from daybook.foundation.staff.accounts import account
    from daybook.foundation.staff.actions import begin_sign_in, end_sign_in

    try:
        staff = account(by)
        sign_in = begin_sign_in(staff=staff, through="command")
        with transaction.atomic():
            viewer = look_as(staff.pk, sign_in.key)
            if viewer is None:
                raise Cannot(f"{by} can't sign in.")
            usual = RequestForm.usual()
            about = number_known(number, viewer=viewer) if viewer.held else None
            if about is None:
                raise Cannot(f"Nobody has the number {number}.")
            decide(
                by=viewer, key=usual["key"], person_id=about, recipient=recipient,
                asked_on=asked_on.date() if asked_on else timezone.localdate(),
                justification=because, withheld=usual["withheld"],
                withheld_because=usual["withheld_because"], names_staff=False,
            )  # fmt: skip
            asked, found = give(by=viewer, key=usual["key"], form="PDF, JSON")
            _write(to / f"{asked.key}.pdf", as_pdf(asked, found))
            _write(to / f"{asked.key}.json", found.as_json(asked))
            end_sign_in(key=sign_in.key, by=viewer)
    except Cannot as refusal:
        say.print(str(refusal), style="red", markup=False)
        raise typer.Exit(1) from None
    say.print(f"{found.count} records, in {to}/{asked.key}.pdf and .json.")


def _write(file: Path, content: bytes) -> None:
    with open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as handle:
        handle.write(content)
