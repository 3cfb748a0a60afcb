"""`kill -9` of a house with five speakers, three doors and imports, again and again, against a ledger."""
import json
import random
import signal
import time

import doors
from house import PEOPLE, House
from imports import Imports
from ledger import Ledger
from processes import Fault
from store import Snapshot
from tastes import PROFILES, check_tastes, compare

KILLS, ANSWERS, KILLS_A_HOUSE = 1000, 50_000, 50


class Siege:
    """One house that is killed some fifty times. A new one keeps the store small and its beginning under fire, too."""

    def __init__(self, haunt, rng, figures):
        self.rng, self.figures, self.ledger = rng, figures, Ledger()
        self.house = House(haunt)
        self.tokens = {}
        self.imports = Imports(self.house, self.ledger, rng)

    def run(self, kills, deadline):
        try:
            self.house.broker.start()
            self.house.listen_to(self.hear)
            self.house.start()
            self.tokens = {name: self.house.web.ask("POST", f"/api/profiles/{name}/token", {})[1]["token"] for name in PEOPLE}
            done = 0
            while done < kills and time.monotonic() < deadline:
                self.assault()
                done += 1
                if self.rng.random() < 0.1:
                    self.kill_import_alone()
                self.house.start()
                self.verify()
            self.leave()
        finally:
            self.imports.stop()
            self.house.end()

    def hear(self, topic, payload):
        """An event that tells of a listen is a promise, too."""
        if topic == "haunt/bridge/event" and b'"listen_recorded"' in payload:
            self.ledger.told(json.loads(payload)["data"]["title"], "player")

    def assault(self):
        """Write on all doors, and kill the daemon at a random moment of it."""
        before = set(self.ledger.open)
        fire = doors.Fire(self.house, self.ledger, self.tokens, random.Random(self.rng.random()))
        if self.rng.random() < 0.5:
            self.imports.begin()
        fire.begin()
        time.sleep(self.rng.uniform(0.02, 0.7))
        is_importing = self.imports.is_running
        self.house.daemon.check()
        self.house.daemon.end(signal.SIGKILL)
        fire.end()
        self.imports.wait()
        unanswered = set(self.ledger.open) - before
        self.figures.kills += 1
        self.figures.open_kills += bool(unanswered) or is_importing
        self.figures.import_kills += is_importing
        stored = Snapshot(self.house.store).titles()
        self.figures.stored_unanswered += sum(key in stored for key in unanswered)

    def kill_import_alone(self):
        """A command that imports while no daemon runs is killed, too."""
        self.imports.begin()
        time.sleep(self.rng.uniform(0.02, 0.4))
        if self.imports.is_running:
            self.imports.kill()
            self.figures.kills += 1
            self.figures.open_kills += 1
            self.figures.import_kills += 1
        self.imports.wait()

    def verify(self):
        """None missing, none twice, every taste equal to its rebuild; then send again what was not answered."""
        self.ledger.check(Snapshot(self.house.store).titles)
        check_tastes(self.house)
        doors.repeat(self.house, self.ledger, self.tokens)

    def leave(self):
        """Stop it as systemd does: the store is one file, and whole."""
        self.imports.finish()
        started = time.monotonic()
        if self.house.daemon.end() != 0:
            raise Fault("the daemon did not end with status 0")
        self.figures.stop_s = max(self.figures.stop_s, time.monotonic() - started)
        left = [path.name for path in self.house.folder.glob("haunt.db-*")]
        if left:
            raise Fault(f"a stopped store left {left}")
        snapshot = Snapshot(self.house.store)
        if (words := snapshot.check()) != "ok":
            raise Fault(f"the store is damaged: {words}")
        self.ledger.check(snapshot.titles)
        _, before = snapshot.tastes()
        for name in PROFILES:
            self.house.command("taste", "build", name)
        compare(before, Snapshot(self.house.store).tastes()[1], "the command's rebuild")
        self.figures.answers += self.ledger.answers
        for door, count in self.ledger.doors().items():
            self.figures.doors[door] = self.figures.doors.get(door, 0) + count
        self.figures.listens += sum(snapshot.titles().values())


class Figures:
    def __init__(self):
        self.kills = self.open_kills = self.import_kills = self.stored_unanswered = self.answers = self.listens = 0
        self.doors, self.stop_s = {}, 0.0

    def rows(self, share):
        yield "kill -9", f"{self.kills:,} of {round(KILLS * share):,}"
        yield "  while a write or an import was open", f"{self.open_kills:,}, an import {self.import_kills:,}"
        yield "  stored, killed before the answer", f"{self.stored_unanswered:,}"
        yield "  answers in the ledger", f"{self.answers:,} of {round(ANSWERS * share):,}"
        yield "  by door", ", ".join(f"{door} {count:,}" for door, count in sorted(self.doors.items()))
        yield "  listens stored", f"{self.listens:,}; none missing, none twice, every taste equal to its rebuild"
        yield "  longest graceful stop", f"{self.stop_s:.2f} s"


def run(haunt, seed, share, deadline):
    rng, figures = random.Random(f"kills {seed}"), Figures()
    while figures.kills < KILLS * share and time.monotonic() < deadline:
        Siege(haunt, rng, figures).run(min(KILLS_A_HOUSE, round(KILLS * share) - figures.kills), deadline)
    return list(figures.rows(share))
