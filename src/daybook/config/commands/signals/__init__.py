"""`daybook signals`: the numerics on a plain file, without the application."""

from daybook.config.commands.group import group

from .agreement import agreement
from .change import change
from .climate import climate
from .raters import raters
from .reliable_change import reliable_change
from .tool import tool

app = group()


@app.callback()
def signals() -> None:
    """Ask the numerics about ratings in a CSV or Parquet file."""


for command in (raters, change, agreement, climate, tool, reliable_change):
    app.command()(command)
