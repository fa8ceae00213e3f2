"""``daybook vault``: the key to what is told in confidence."""

import typer
from rich.console import Console
from rich.progress import Progress

from .as_owner import By, as_owner, say
from .group import group

app = group()


@app.callback()
def vault() -> None:
    """The service's key, which wraps the keys of what is told in confidence.

    It stands in DAYBOOK_VAULT_KEY, earlier ones in DAYBOOK_VAULT_KEYS_OLD. Without it nobody reads
    pastoral and health notes, or who a source is; nobody can make it again.
    """


@app.command("new-key")
def new_key() -> None:
    """Print a new key; nothing is kept. Give it to every web process and worker."""
    import base64

    from daybook.foundation.vault import boxes

    Console(highlight=False, markup=False).print(base64.b64encode(boxes.new_key()).decode())


@app.command()
def rotate(by: By = "") -> None:
    """Wrap every data key anew under DAYBOOK_VAULT_KEY.

    The former key stands in DAYBOOK_VAULT_KEYS_OLD meanwhile, here and for every web process and
    worker. While it runs the service goes on. Broken off, it goes on where it was when run again.
    """
    with as_owner():
        from daybook.foundation.access.actions import administrating
        from daybook.foundation.vault import rotation

        shut, last = 0, None
        with Progress(console=say, transient=True) as progress:
            doing = progress.add_task("Wrapping data keys anew", total=rotation.waiting())
            while True:
                with administrating(by) as actor:
                    part = rotation.rewrap_some(by=actor, after=last)
                if part.last is None:
                    break
                last, shut = part.last, shut + part.shut
                progress.advance(doing, part.done + part.shut)
        done = doing is not None and int(progress.tasks[0].completed) - shut
    say.print(f"{done} data keys were wrapped anew.")
    if shut:
        _not_opened(shut)
    say.print("The former key can be taken out of DAYBOOK_VAULT_KEYS_OLD. Backups still need it.")


@app.command()
def check() -> None:
    """Open every data key once, and change nothing; ends with 1 if any stays shut."""
    with as_owner():
        from daybook.foundation.vault import rotation

        shut, waiting = rotation.unopened(), rotation.waiting()
    if shut:
        _not_opened(shut)
    say.print("Every data key opens.")
    if waiting:
        say.print(f"{waiting} are wrapped by an earlier key: 'daybook vault rotate'.")


def _not_opened(count: int) -> None:
    say.print(
        f"{count} data keys do not open with the keys that were given. Put the key that wrapped "
        "them into DAYBOOK_VAULT_KEYS_OLD, and run this again.",
        style="red",
    )
    raise typer.Exit(1)
