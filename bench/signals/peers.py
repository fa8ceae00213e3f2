"""The reference software: R from the system, Python's in an environment of its own."""

import shutil
import subprocess
import sys
from dataclasses import dataclass, field

LIBRARIES = ("statsmodels", "pyfixest", "river", "ruptures")

# lme4's own fast settings: no derivatives checked at the end, either optimizer.
LME4 = """
suppressMessages(library(lme4))
a <- commandArgs(TRUE)
d <- read.csv(a[1]); effects <- strsplit(a[3], ",")[[1]]
for (e in effects) d[[e]] <- factor(d[[e]])
f <- as.formula(paste(a[2], "~ 1 +", paste0("(1|", effects, ")", collapse = " + ")))
for (o in strsplit(a[4], ",")[[1]]) {
  t <- system.time(m <- lmer(f, d, control = lmerControl(optimizer = o, calc.derivs = FALSE)))
  v <- as.data.frame(VarCorr(m))
  sd <- setNames(v$sdcor, ifelse(v$grp == "Residual", "residual", v$grp))
  cat(o, t[["elapsed"]], t[["user.self"]] + t[["sys.self"]],
      sprintf("%.7f", sd[c(effects, "residual")]), "\\n")
}
"""
VERSIONS = """
suppressMessages(library(lme4))
cat("R ", as.character(getRversion()), ", lme4 ", as.character(packageVersion("lme4")), " on ",
    basename(dirname(extSoftVersion()[["BLAS"]])), sep = "")
"""


@dataclass
class Peers:
    """What was found on this machine; `missing` says what was not, a line each."""

    rscript: str | None = None
    interpreter: str | None = None
    optimizers: str = "nloptwrap,bobyqa"
    versions: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    @classmethod
    def none(cls):
        return cls(missing=["Without the reference software, as asked.", ""])

    @classmethod
    def found(cls, folder):
        found = cls(rscript=shutil.which("Rscript"))
        if found.rscript:
            ran = subprocess.run(
                [found.rscript, "-e", VERSIONS], check=False, capture_output=True, text=True
            )
            if ran.returncode == 0:
                found.versions.append(ran.stdout)
            else:
                found.rscript = None
        if not found.rscript:
            found.missing += ["lme4 is not here: on Debian, `apt-get install r-cran-lme4`.", ""]
        found.interpreter = _environment(folder / "signals-peers")
        if found.interpreter:
            code = f"import importlib.metadata as m\nfor n in {LIBRARIES}: print(n, m.version(n))"
            ran = subprocess.run(
                [found.interpreter, "-c", code], check=True, capture_output=True, text=True
            )
            found.versions += ran.stdout.split("\n")[:-1]
        else:
            found.missing += [f"{', '.join(LIBRARIES)} could not be installed.", ""]
        return found

    def lme4(self, file, value, effects, folder):
        """Each optimizer's name, standard deviations, and (wall, processor) seconds."""
        if not self.rscript:
            return
        script = folder / "lme4.R"
        script.write_text(LME4)
        ran = subprocess.run(
            [self.rscript, script, file, value, ",".join(effects), self.optimizers],
            check=True, capture_output=True, text=True,
        )  # fmt: skip
        for told in ran.stdout.splitlines():
            optimizer, wall, own, *sds = told.split()
            yield f"lme4, {optimizer}", [float(sd) for sd in sds], (float(wall), float(own))

    def python(self, name, file):
        if not self.interpreter:
            return []
        ran = subprocess.run(
            [self.interpreter, "-W", "ignore", "-c", SCRIPTS[name], str(file)],
            check=False, capture_output=True, text=True, timeout=1200,
        )  # fmt: skip
        if ran.returncode:
            return [f"{name}: stopped with {ran.stderr.strip().splitlines()[-1]}"]
        return ran.stdout.splitlines()


def _environment(folder):
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        ran = subprocess.run(
            [python, "-m", "pip", "install", "--quiet", *LIBRARIES], check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        if ran.returncode:
            shutil.rmtree(folder)
            return None
    return str(python)


SCRIPTS = {
    # Its mixed model is dense in a group, and crossed effects make one group of everything:
    # a tenth of the students, so that it ends.
    "statsmodels": """
import sys, time, numpy as np, pandas as pd, statsmodels.api as sm
d = pd.read_csv(sys.argv[1]); d = d[d.s <= 60]
t, c = time.perf_counter(), time.process_time()
m = sm.MixedLM.from_formula("y ~ 1", groups=np.ones(len(d)),
    vc_formula={"s": "0 + C(s)", "d": "0 + C(d)"}, data=d).fit(reml=True)
print(f"statsmodels MixedLM, the first 60 students only ({len(d):,} ratings):"
      f" {time.perf_counter() - t:.1f} s, processor {time.process_time() - c:.1f} s")
""",
    # It has fixed effects only: the levels, not their variances.
    "pyfixest": """
import sys, time, pandas as pd, pyfixest as pf
d = pd.read_csv(sys.argv[1]); d["x"] = (d.index % 7).astype(float)
for _ in range(2):
    t, c = time.perf_counter(), time.process_time()
    pf.feols("y ~ x | person + rater + day", data=d)
    told = (f"pyfixest feols, fixed effects only: {time.perf_counter() - t:.1f} s,"
            f" processor {time.process_time() - c:.1f} s")
print(told + " (second call)")
""",
    "ruptures": """
import sys, json, time, numpy as np, ruptures as rpt
d = json.load(open(sys.argv[1])); y = np.array(d["mean"])
t = time.perf_counter()
one = rpt.Binseg(model="l2").fit(y).predict(n_bkps=1)[0]
print(f"ruptures, all days at once, one change: day {d['day'][one]},"
      f" {time.perf_counter() - t:.3f} s")
more = rpt.Pelt(model="rbf").fit(y).predict(pen=3)[:-1]
print(f"ruptures PELT (rbf), all days at once: days {[d['day'][k] for k in more]}")
""",
    "river": """
import sys, json
from river import drift
d = json.load(open(sys.argv[1]))
for name, make in (("ADWIN", lambda: drift.ADWIN(delta=0.05)), ("PageHinkley", drift.PageHinkley),
                   ("KSWIN", lambda: drift.KSWIN(alpha=0.005, window_size=60, seed=1))):
    detector, alarms = make(), []
    for day, mean in zip(d["day"], d["mean"]):
        detector.update(mean)
        if detector.drift_detected: alarms.append(day)
    print(f"river {name}, day by day: {'alarms on days ' + str(alarms) if alarms else 'nothing'}")
""",
}
