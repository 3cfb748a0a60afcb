"""`haunt import listens`, beside a daemon and without one, until all of a file is there."""
import csv
import subprocess

from doors import make_listen
from house import SPEAKERS
from processes import Fault

# Rows that the command stores in one transaction.
BATCH_ROWS = 2_000


def make_import(rng):
    """A listen as a file names it. With a speaker and no profile it is the same listen at every door."""
    listen = make_listen(rng) | {"speaker_name": f"media_player.{rng.choice(list(SPEAKERS))}"}
    return {name: value for name, value in listen.items() if name not in ("profile", "event_id")}


class Imports:
    """A file that is imported again until the command says that all of it is there; then comes another file."""

    def __init__(self, house, ledger, rng):
        self.house, self.ledger, self.rng, self.process, self.key = house, ledger, rng, None, None

    @property
    def is_running(self):
        return self.process is not None and self.process.poll() is None

    def begin(self):
        if self.is_running:
            return
        if self.key is None or self.key not in self.ledger.open and self.rng.random() < 0.3:
            self._make_file()
        self.process = subprocess.Popen(
            [self.house.haunt, "import", "listens", self.file, "--json", "--config", str(self.house.config)],
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)

    def _make_file(self):
        self.file = str(self.house.folder / "listens.csv")
        listens = [make_import(self.rng) for _ in range(self.rng.choice([300, BATCH_ROWS + 500]))]
        with open(self.file, "w", newline="", encoding="utf-8") as out:
            rows = csv.writer(out)
            rows.writerow(["timestamp", "artist", "title", "ms_played", "speaker_name"])
            rows.writerows([
                [each["started_at"], each["artist"], each["title"], int(each.get("played_s", 200) * 1000),
                 each["speaker_name"]] for each in listens])
        self.key = self.ledger.send({each["title"]: each for each in listens}, f"file {listens[0]['title']}")
        # A file is stored in batches, so that a part of it may be there.
        self.ledger.batches.pop(self.key)

    def kill(self):
        self.process.kill()

    def stop(self):
        if self.is_running:
            self.kill()
            self.process.wait()

    def wait(self):
        """Wait until the command ends, and note what it says."""
        if self.process is None:
            return
        errors = self.process.communicate(timeout=120)[1]
        status, self.process = self.process.returncode, None
        if status == 0 and self.key in self.ledger.open:
            self.ledger.record(self.key, "import")
        elif status not in (0, -9, 69, 75):
            raise Fault(f"haunt import ended with {status}: {errors[-2000:]!r}")

    def finish(self):
        """Import what is not yet imported."""
        for _ in range(2):
            if self.key is not None:
                self.begin()
                self.wait()
        if self.key in self.ledger.open:
            raise Fault("an import does not succeed although the daemon runs")
