"""`daybook signals`: the numerics on a plain file, without the application."""

from daybook.config.commands.group import group

from .change import change
from .raters import raters

app = group()


@app.callback()
def signals() -> None:
    """Ask the numerics about ratings in a CSV or Parquet file."""


app.command()(change)
app.command()(raters)
