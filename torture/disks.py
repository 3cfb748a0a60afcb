"""A disk that is full and one that turns read-only: an error on the health topic, no crash, no false answer, recovery."""
import contextlib
import os
import pathlib
import random
import subprocess
import tempfile
import time

import doors
from house import House
from ledger import Ledger
from processes import Fault, wait_until
from store import Snapshot
from tastes import check_tastes

FULL, READ_ONLY = 50, 20
DISK_BYTES = 24 << 20


class CannotMount(Exception):
    """This machine lets nobody mount a disk here."""


class Disk:
    """A small ext4 file system in a file."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="haunt-disk-"))
        self.image, self.root = self.folder / "image", self.folder / "root"
        self.root.mkdir()
        with self.image.open("wb") as file:
            file.truncate(DISK_BYTES)
        self._run("mkfs.ext4", "-q", "-F", "-m", "0", str(self.image))

    def _run(self, *command, status=(0,)):
        path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"PATH": path})
        except FileNotFoundError as problem:
            raise CannotMount(str(problem)) from None
        if done.returncode not in status:
            raise CannotMount(f"{' '.join(command)}: {done.stderr.strip()}")
        return done.stdout.strip()

    def mount(self):
        self._run("mount", "-o", "loop,errors=remount-ro", str(self.image), str(self.root))
        self.device = pathlib.Path(self._run("findmnt", "-n", "-o", "SOURCE", str(self.root))).name

    def turn_read_only(self):
        """What the kernel does when it finds a fault on a disk: files that are open can be written no more, either."""
        try:
            pathlib.Path(f"/sys/fs/ext4/{self.device}/trigger_fs_error").write_text("a test of Haunt")
        except OSError as problem:
            raise CannotMount(str(problem)) from None

    def repair(self):
        self._run("umount", str(self.root))
        self._run("e2fsck", "-p", "-f", str(self.image), status=(0, 1, 2))
        self.mount()

    def fill(self, left):
        """Leave a number of bytes free."""
        with (self.root / "filler").open("ab") as filler:
            for size in (1 << 20, 4096):
                with contextlib.suppress(OSError):
                    while True:
                        os.write(filler.fileno(), b"x" * size)
            filler.truncate(max(0, filler.tell() - left))

    def free(self):
        (self.root / "filler").unlink(missing_ok=True)

    def end(self):
        subprocess.run(["umount", str(self.root)], capture_output=True, check=False)
        for path in (self.root, self.image, self.folder):
            path.rmdir() if path.is_dir() else path.unlink()


class Trial:
    def __init__(self, haunt, rng):
        self.rng, self.ledger, self.refused, self.disk = rng, Ledger(), 0, Disk()
        self.house = House(haunt, store=self.disk.root / "haunt.db")

    def __enter__(self):
        self.disk.mount()
        self.house.move_in()
        return self

    def __exit__(self, *_):
        self.house.end()
        self.disk.end()

    def hand_in(self):
        """Send a listen; return whether it was answered as recorded. One that is refused must not be stored."""
        listen = doors.make_listen(self.rng) | {"album": "An album with a long name " * 30}
        key = self.ledger.send({listen["title"]: listen})
        status, answer = self.house.web.ask("POST", "/api/history/webhook", listen)
        if status == 201:
            self.ledger.record(key, "http")
            return True
        if status != 503 or answer["error"]["code"] != "unavailable":
            raise Fault(f"a listen that cannot be written was answered {status} {answer}")
        self.ledger.refuse(key)
        self.refused += 1
        return False

    def health(self):
        return (self.house.client.state("haunt/bridge/health") or {}).get("store", {}).get("problem")

    def healthz(self):
        return self.house.web.ask("GET", "/healthz")[0]

    def write_until_refused(self):
        for _ in range(50_000):
            if not self.hand_in():
                break
        else:
            raise Fault("a full disk takes 50,000 listens")
        self.house.daemon.check()
        # A small write, such as a checkpoint, may still find room, and the store is well until the next large one.
        wait_until("the health topic tells of the store", lambda: not self.hand_in() and self.health())
        wait_until("/healthz tells of the store", lambda: not self.hand_in() and self.healthz() == 503)

    def check(self):
        """All is well again, and every listen is there that was answered as recorded."""
        wait_until("the store works again by itself", self.hand_in)
        wait_until("the health topic says so", lambda: self.health() is None)
        self.ledger.check(Snapshot(self.house.store).titles)
        check_tastes(self.house)

    def fill(self):
        self.disk.fill(self.rng.choice([0, 4096, self.rng.randrange(1 << 18), self.rng.randrange(1 << 20)]))
        title = f"Play {self.refused}-{self.ledger.answers}"
        self.write_until_refused()
        self.play(title)
        self.disk.free()
        self.check()
        wait_until("a play that ended meanwhile is stored", lambda: title in Snapshot(self.house.store).titles())

    def play(self, title):
        """A play that begins and ends on the full disk waits in memory."""
        self.ledger.sent.update({title: None, f"After {title}": None})
        self.house.play(title, "study")
        self.house.play(f"After {title}", "study")
        self.house.client.ask("profile/list")

    def turn_read_only(self):
        for _ in range(self.rng.randrange(20)):
            self.hand_in()
        self.disk.turn_read_only()
        self.write_until_refused()
        status = self.house.daemon.end()
        if status is None or status < 0:
            raise Fault(f"the daemon ended with status {status} on a read-only disk")
        self.disk.repair()
        self.house.start()
        self.check()


def run(haunt, seed, share, deadline):
    rng, figures = random.Random(f"disks {seed}"), []
    for what, count, step in (("disk full", FULL, Trial.fill), ("disk read-only", READ_ONLY, Trial.turn_read_only)):
        try:
            with Trial(haunt, rng) as trial:
                done, wanted = 0, max(2, round(count * share))
                while done < 2 or done < wanted and time.monotonic() < deadline:
                    step(trial)
                    done += 1
                words = f"{done} of {wanted}; {trial.ledger.answers:,} recorded, {trial.refused:,} refused, none lost"
                figures.append((what, words))
        except CannotMount as problem:
            figures.append((what, f"not tried: {problem}"))
    return figures
