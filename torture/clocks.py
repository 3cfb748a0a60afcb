"""The wall clock is set forward and back while music plays: no heard second changes, and each start follows it."""
import platform
import random
import time

import doors
from house import SPEAKERS, House
from ledger import Ledger
from processes import Fault
from store import Snapshot
from tastes import check_tastes

STEPS = 200
OFFSETS_S = [0, -30, 45, -3_600, 7_200, -86_400, 3 * 86_400, -20 * 86_400, 60 * 86_400]
LIBRARY = f"/usr/lib/{platform.machine()}-linux-gnu/faketime/libfaketime.so.1"


class Clock:
    """The wall clock of one process, by Debian's faketime. Its monotonic clock stays true."""

    def __init__(self, folder, haunt, start="+0s"):
        self.file, self.program = folder / "offset", folder / "haunt"
        self.set(start)
        # faketime changes the environment of the process that it is loaded into first, and Swift's runtime does not find
        # its arguments then. So that process is a shell.
        self.program.write_text(f'#!/bin/sh\nexec {haunt} "$@"\n')
        self.program.chmod(0o700)
        self.environment = {
            "LD_PRELOAD": LIBRARY, "FAKETIME_TIMESTAMP_FILE": str(self.file), "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1"}

    def set(self, offset):
        self.file.write_text(offset)


class Trial:
    def __init__(self, haunt, rng):
        self.rng, self.ledger, self.house, self.offset_s = rng, Ledger(), House(haunt), 0
        self.clock = Clock(self.house.folder, haunt)
        self.house.daemon.command[0] = str(self.clock.program)
        self.house.daemon.environment |= self.clock.environment
        self.expected = {}

    def step(self, number):
        """One track, in the middle of which the clock is set."""
        speaker, title = self.rng.choice(list(SPEAKERS)), f"Track {number}"
        began = time.monotonic()
        self.ledger.sent.update({title: None, f"End {number}": None})
        self.house.play(title, speaker)
        self.house.hears(speaker, title)
        self.offset_s = self.rng.choice(OFFSETS_S)
        self.clock.set(f"{self.offset_s:+d}s")
        doors.send_webhook(self.house.web, self.ledger, doors.make_listen(self.rng))
        self.house.play(f"End {number}", speaker)
        self.house.hears(speaker, f"End {number}")
        self.expected[title] = (time.monotonic() - began, time.time() + self.offset_s)
        self.ledger.told(title, "player")
        self.house.daemon.check()

    def check(self):
        snapshot = Snapshot(self.house.store)
        self.ledger.check(snapshot.titles)
        for title, played_s, started_ms, _ in snapshot.listens():
            if title not in self.expected:
                continue
            longest_s, ended = self.expected[title]
            if not 0 <= played_s <= longest_s:
                raise Fault(f"{title} was heard {played_s} s of the {longest_s:.1f} s that passed")
            if not -60 <= ended - started_ms / 1000 <= 60:
                raise Fault(f"{title} began {ended - started_ms / 1000:.0f} s from where the clock stood at its end")
        check_tastes(self.house)


def run(haunt, seed, share, deadline):
    trial, done, wanted = Trial(haunt, random.Random(f"clocks {seed}")), 0, max(5, round(STEPS * share))
    try:
        trial.house.move_in()
        while done < 5 or done < wanted and time.monotonic() < deadline:
            done += 1
            trial.step(done)
        trial.check()
    finally:
        trial.house.end()
    return [("clock set in mid-track", f"{done} of {wanted}, by up to 60 days; seconds and starts right")]
