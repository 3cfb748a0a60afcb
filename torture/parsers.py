"""The parsers of files, each fed by a generator that knows the structure: no crash, no hang, no growth, and a clear exit status."""
import json
import pathlib
import random
import resource
import shutil
import subprocess
import tempfile
import time

from files import Files
from grammar import Grammar
from processes import Fault

MINUTES = 10
LONGEST_S, MEMORY_BYTES = 120, 400 << 20
FILES_A_STORE = 25
# sysexits: data that cannot be read, no input, a configuration with problems.
EXPECTED = {0, 65, 66, 78}


class Feeder:
    """Runs a command on one file after another."""

    def __init__(self, haunt, rng, what):
        self.haunt, self.rng, self.what = haunt, rng, what
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="haunt-files-"))
        self.files = Files(rng, Grammar({"paths": {}}, rng))
        self.count = self.bytes = self.read = 0
        self.slowest_s = 0.0

    def command(self, file):
        store = ["--store", str(self.folder / "haunt.db"), "--json"]
        return {"listens": ["import", "listens", file, *store], "catalog": ["import", "catalog", file, *store],
                "configuration": ["check-config", "--config", file], "recording": ["replay", file]}[self.what]

    def feed(self):
        data = self.files.make(self.what)
        file = self.folder / "file"
        file.write_bytes(data)
        began = time.monotonic()
        done = self.run(self.command(str(file)), data)
        self.slowest_s = max(self.slowest_s, time.monotonic() - began)
        self.count, self.bytes, self.read = self.count + 1, self.bytes + len(data), self.read + (done.returncode == 0)
        if self.count % FILES_A_STORE == 0 and self.what in ("listens", "catalog"):
            self.use_store()

    def run(self, command, data=b""):
        try:
            done = subprocess.run([self.haunt, *command], capture_output=True, timeout=LONGEST_S, check=False,
                                  env={"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "HAUNT_STORE_DEMO_CATALOG": "false"})
        except subprocess.TimeoutExpired:
            raise Fault(f"haunt {' '.join(command)} takes more than {LONGEST_S} s; the file is {self.keep(data)}") from None
        if done.returncode not in EXPECTED:
            words = done.stderr.decode(errors="replace")[-1500:]
            raise Fault(f"haunt {' '.join(command)} ended with {done.returncode}; the file is {self.keep(data)}: {words}")
        if command[0] == "import" and done.stdout:
            json.loads(done.stdout)
        return done

    def keep(self, data):
        """Keep a file that does harm."""
        file = pathlib.Path(tempfile.gettempdir()) / f"haunt-{self.what}-{abs(hash(data)):x}"
        file.write_bytes(data)
        return file

    def use_store(self):
        """What was let in must not do harm later; then a new store is begun."""
        for command in (["export", str(self.folder / "export")], ["recommend", "--json"], ["listens", "list", "--json"]):
            self.run([*command, "--store", str(self.folder / "haunt.db")])
        for path in self.folder.iterdir():
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def feed(what, haunt, seed, share, deadline):
    feeder, end = Feeder(haunt, random.Random(f"{what} {seed}"), what), min(deadline, time.monotonic() + MINUTES * 60 * share)
    try:
        while time.monotonic() < end or feeder.count < FILES_A_STORE:
            feeder.feed()
    finally:
        shutil.rmtree(feeder.folder, ignore_errors=True)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if peak > MEMORY_BYTES:
        raise Fault(f"reading a {what} took {peak >> 20} MB")
    words = f"{feeder.count:,} files, {feeder.bytes >> 20} MB, {feeder.read / feeder.count:.0%} whole"
    return [(f"parser of {what}", f"{words}; slowest {feeder.slowest_s:.1f} s, peak {peak >> 20} MB")]
