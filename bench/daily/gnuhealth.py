"""GNU Health's patient rounding, created and signed over its RPC."""

from contextlib import ExitStack, closing
from itertools import cycle
from typing import Any

from bench.daily import gnuhealth_site
from bench.daily.gnuhealth_rpc import Session, now
from bench.daily.gnuhealth_site import Site
from bench.daily.tables import Row
from bench.load import alone, together
from bench.postgres import Server

NAME = "GNU Health"
CREATE = "create a rounding"
SAVE = "create and sign a rounding"
LIST = "list of 50 roundings (JSON)"
ROUNDING = "gnuhealth.patient.rounding"
# The quickest of those tried on 2 cores: see the README.
WORKERS, THREADS = 3, 4
# What its own list of roundings shows.
LIST_FIELDS = [
    "warning",
    "warning_icon",
    "registration",
    "registration.rec_name",
    "evaluation_start",
    "health_professional",
    "health_professional.rec_name",
    "evolution",
]
NOTE = (
    "Quieter than on other days. Had a visit this morning; came back early and went "
    "straight to his room. Talked for ten minutes about work, wants to start on Monday."
)


class Nurse:
    """One client: writes and signs roundings for the patients of the ward in turn."""

    def __init__(self, site: Site) -> None:
        self._session: Session = site.session()
        self._registrations = cycle(site.registrations)
        defaults = self._session.call(ROUNDING, "default_get", ["health_professional"], False)
        self._professional = defaults["health_professional"]

    def rounding(self) -> dict[str, Any]:
        """The values of one rounding, about as many as a full reflection holds."""
        return {
            "registration": next(self._registrations),
            "health_professional": self._professional,
            "evaluation_start": now(),
            "state": "draft",
            "pain": True,
            "pain_level": 3,
            "personal_needs": False,
            "depression": True,
            "evolution": "n",
            "round_summary": NOTE,
        }

    def create(self) -> int:
        (rounding,) = self._session.create(ROUNDING, self.rounding())
        return rounding

    def sign(self, rounding: int) -> None:
        self._session.call(ROUNDING, "end_rounding", [rounding])

    def create_and_sign(self) -> None:
        self.sign(self.create())

    def read_list(self) -> None:
        rows = self._session.call(
            ROUNDING, "search_read", [], 0, 50, [["evaluation_start", "DESC"]], LIST_FIELDS
        )
        if len(rows) != 50:
            raise ValueError(f"{len(rows)} rows instead of 50")

    def close(self) -> None:
        self._session.close()


def measure(
    server: Server, *, seconds: float, clients: int, workers: int = WORKERS, threads: int = THREADS
) -> list[Row]:
    """Starts a site of its own on ``server``, times it for about five times ``seconds``."""
    with (
        gnuhealth_site.site(server, workers=workers, threads=threads) as site,
        ExitStack() as stack,
    ):
        team = [stack.enter_context(closing(Nurse(site))) for _ in range(clients)]
        one = team[0]
        unsigned: list[int] = []

        def sign_next() -> None:
            one.sign(unsigned.pop() if unsigned else one.create())

        created = alone(lambda: unsigned.append(one.create()), seconds=seconds)
        return [
            Row(NAME, CREATE, created, together([n.create for n in team], seconds=seconds)),
            Row(NAME, "sign it", alone(sign_next, seconds=seconds / 3)),
            Row(
                NAME,
                SAVE,
                alone(one.create_and_sign, seconds=seconds / 2),
                together([n.create_and_sign for n in team], seconds=seconds),
            ),
            Row(NAME, LIST, alone(one.read_list, seconds=seconds / 2)),
        ]


def versions() -> dict[str, str]:
    return gnuhealth_site.versions()
