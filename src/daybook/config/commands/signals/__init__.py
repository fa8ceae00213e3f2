"""`daybook signals`: the numerics on a plain file, without the application."""

from daybook.config.commands.group import group

from .change import change

app = group()


@app.callback()
def signals() -> None:
    """Ask the numerics about ratings in a CSV file."""


app.command()(change)
