"""A GNU Health site of its own: installed, started, and filled with one ward of 60."""

import os
import subprocess
import tempfile
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

from bench.daily.gnuhealth_rpc import RpcError, Session, moment, now
from bench.load import free_address
from bench.postgres import Server

PACKAGES = (
    "gnuhealth==5.0.6",
    "gnuhealth-inpatient==5.0.4",
    "gnuhealth-nursing==5.0.4",
    "gunicorn",
)
MODULES = ("health_inpatient", "health_nursing")
ENVIRONMENT = Path(__file__).parents[2] / "var" / "bench" / "peer"
DATABASE = "gnuhealth"
USER, PASSWORD = "admin", "only-for-the-bench"
PATIENTS = 60


@dataclass(frozen=True)
class Site:
    """A running site: sign in with ``session()``; one registration for each patient."""

    address: str
    registrations: tuple[int, ...] = ()

    def session(self) -> Session:
        return Session(self.address, DATABASE, USER, PASSWORD)


def installed() -> Path:
    """The folder of programs of the peer's own environment, made on first use."""
    programs = ENVIRONMENT / "bin"
    if not (programs / "trytond-admin").exists():
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        subprocess.run([programs / "pip", "install", "--quiet", *PACKAGES], check=True)
    return programs


def versions() -> dict[str, str]:
    """What is installed in the peer's environment, by package name."""
    (packages,) = (installed().parent / "lib").glob("python3*/site-packages")
    found = {d.name: d.version for d in metadata.distributions(path=[str(packages)])}
    return {name: found[name] for name in ("gnuhealth", "gnuhealth-inpatient", "trytond")}


@contextmanager
def site(server: Server, *, workers: int, threads: int) -> Iterator[Site]:
    """GNU Health on ``server`` behind gunicorn, filled with one ward; stopped afterwards."""
    programs = installed()
    server.create_database(DATABASE)
    with tempfile.TemporaryDirectory(prefix="bench-gnuhealth-") as folder:
        settings, password = Path(folder, "trytond.conf"), Path(folder, "password")
        settings.write_text(f"[database]\nuri = {server.address()}\n")
        password.write_text(PASSWORD)
        initialise: list[str | Path] = [programs / "trytond-admin", "-c", settings, "-d", DATABASE]
        initialise += ["-u", *MODULES, "--activate-dependencies", "--email", "bench@example.org"]
        subprocess.run(initialise, env={**os.environ, "TRYTONPASSFILE": str(password)}, check=True)
        address = free_address()
        web = subprocess.Popen(
            [
                *(programs / "gunicorn", "trytond.application:app"),
                *("--bind", address.removeprefix("http://")),
                *("--workers", str(workers), "--threads", str(threads)),
                *("--keep-alive", "120", "--timeout", "120", "--log-level", "warning"),
            ],
            env={
                **os.environ,
                "TRYTOND_CONFIG": str(settings),
                "TRYTOND_DATABASE_NAMES": DATABASE,
            },
        )
        try:
            running = Site(address)
            wait_for(running, web)
            yield Site(address, fill(running))
        finally:
            web.terminate()
            web.wait(20)


def wait_for(running: Site, web: "subprocess.Popen[bytes]", seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            running.session().close()
            return
        except (OSError, RpcError):
            if web.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def fill(running: Site) -> tuple[int, ...]:
    """One hospital, one ward, one nurse (the signed-in user), 60 patients in 60 beds."""
    session = running.session()
    (currency,) = session.create(
        "currency.currency", {"name": "Euro", "symbol": "€", "code": "EUR"}
    )
    (house,) = session.create("party.party", {"name": "Bench House", "is_institution": True})
    (company,) = session.create(
        "company.company", {"party": house, "currency": currency, "timezone": "UTC"}
    )
    session.call(
        "res.user", "write", [session.user], {"companies": [["add", [company]]], "company": company}
    )
    session.refresh_context()
    (institution,) = session.create(
        "gnuhealth.institution",
        {
            "party": house,
            "code": "BH",
            "institution_type": "hospital",
            "public_level": "public",
        },
    )
    nurse = person(session, "Nora", ref="NURSE", is_healthprof=True, internal_user=session.user)
    (professional,) = session.create(
        "gnuhealth.healthprofessional", {"party": nurse, "institution": institution}
    )
    (ward,) = session.create(
        "gnuhealth.hospital.ward", {"name": "Ward 1", "institution": institution}
    )
    people = [person(session, f"Person {n}", ref=f"P{n:03}") for n in range(PATIENTS)]
    patients = session.create("gnuhealth.patient", *({"party": p} for p in people))
    (unit,) = session.call("product.uom", "search", [["symbol", "=", "u"]], 0, 1, None)
    templates = session.create(
        "product.template",
        *(
            {
                "name": f"Bed {n}",
                "type": "assets",
                "default_uom": unit,
                "products": [["create", [{"is_bed": True}]]],
            }
            for n in range(PATIENTS)
        ),
    )
    products = session.call(
        "product.product", "search", [["template", "in", templates]], 0, None, None
    )
    beds = session.create(
        "gnuhealth.hospital.bed",
        *({"product": p, "institution": institution, "ward": ward} for p in products),
    )
    today = datetime.now(UTC)
    registrations = session.create(
        "gnuhealth.inpatient.registration",
        *(
            {
                "patient": patient,
                "bed": bed,
                "admission_type": "routine",
                "hospitalization_date": now(),
                "discharge_date": moment(today + timedelta(days=30)),
                "attending_physician": professional,
                "institution": institution,
            }
            for patient, bed in zip(patients, beds, strict=True)
        ),
    )
    session.call("gnuhealth.inpatient.registration", "confirmed", registrations)
    session.close()
    return tuple(registrations)


def person(session: Session, name: str, **particulars: Any) -> int:
    # One call each: a call for several makes every person several times over.
    (party,) = session.create(
        "party.party",
        {
            "name": name,
            "lastname": "Bench",
            "gender": "f",
            "is_person": True,
            "is_patient": True,
            "fed_country": None,
            **particulars,
        },
    )
    return party
