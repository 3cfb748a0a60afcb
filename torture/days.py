"""Days of a house in minutes: the wall clock of the daemon is set forward from song to song, and rules are short.

Its monotonic clock stays true, because its timers run by the kernel's."""
import random
import time

from clocks import Clock
from house import PEOPLE, SPEAKERS, House
from processes import Fault, wait_until
from store import Snapshot
from tastes import check_tastes

DAYS = 24
SONGS, ARTISTS = 5_000, 400
WAKING_S, NIGHT_S = 57_600, 28_800
# The first days fill caches; afterwards memory must not grow by more.
WARM_DAYS, GROWTH_BYTES = 2, 20 << 20


class Trial:
    def __init__(self, haunt, rng):
        self.rng, self.house = rng, House(haunt)
        self.clock, self.now_s, self.ticks, self.plays = Clock(self.house.folder, haunt), 0, 0, 0
        self.house.daemon.command[0] = str(self.clock.program)
        self.house.daemon.environment |= self.clock.environment
        self.playing, self.guest = {}, False

    def pass_time(self, seconds):
        self.now_s += seconds
        self.clock.set(f"+{self.now_s}s")

    def tick(self):
        """A new song begins on every speaker, and the one before is over."""
        self.ticks += 1
        for speaker in SPEAKERS:
            self.plays += speaker in self.playing and speaker != "living_room"
            # Never the song that plays there now.
            song = (self.playing.get(speaker, 0) + self.rng.randrange(1, SONGS)) % SONGS
            self.playing[speaker] = song
            self.house.report(f"Song {song}", speaker, f"Artist {song % ARTISTS}")
        self.house.hears("living_room", f"Song {self.playing['living_room']}")
        self.do_something()
        self.pass_time(self.rng.randrange(100, 200))

    def do_something(self):
        """What people do now and then."""
        speaker, what = self.rng.choice(list(SPEAKERS)), self.rng.random()
        ask = self.house.client.ask
        if what < 0.05:
            ask("playlist/generate", {}, f"haunt/speaker/{speaker}/request")
        elif what < 0.10:
            ask("playlist/generate", {"vibe": "something quiet", "guest": True}, "haunt/speaker/living_room/request")
        elif what < 0.12:
            self.guest = not self.guest
            ask("speaker/guest", {"speaker_name": "living_room", "guest": self.guest})
        elif what < 0.15:
            ask("feedback/add", {"verdict": self.rng.choice(["like", "snooze"]), "speaker_name": "study"})
        elif what < 0.20:
            ask("listen/list", {"limit": 200, "profile": self.rng.choice(PEOPLE)})
        elif what < 0.25:
            self.house.web.ask("GET", f"/api/recommendations?profile={self.rng.choice(PEOPLE)}&limit=50")

    def day(self):
        morning = self.now_s
        while self.now_s < morning + WAKING_S:
            self.tick()
        for speaker in SPEAKERS:
            self.house.report("", speaker, state="off")
            self.plays += speaker != "living_room"
        self.playing = {}
        for _ in range(4):
            self.house.client.ask("health/check")
            self.pass_time(NIGHT_S // 4)
        self.house.daemon.check()

    def check(self):
        def stored():
            return Snapshot(self.house.store).count_elsewhere("media_player.living_room")
        wait_until(f"{self.plays} songs were played and are stored, not {stored()}", lambda: stored() == self.plays)
        check_tastes(self.house)


def run(haunt, seed, share, deadline):
    trial, wanted = Trial(haunt, random.Random(f"days {seed}")), max(1, round(DAYS * share))
    sizes = []
    try:
        trial.house.move_in()
        while not sizes or len(sizes) < wanted and time.monotonic() < deadline:
            trial.day()
            sizes.append(trial.house.daemon.rss())
        trial.check()
    finally:
        trial.house.end()
    first = sizes[min(WARM_DAYS, len(sizes)) - 1]
    if sizes[-1] - first > GROWTH_BYTES:
        raise Fault(f"memory grew from {first >> 20} MB to {sizes[-1] >> 20} MB")
    return [
        ("simulated days", f"{len(sizes)} of {wanted}, {trial.plays:,} plays, none missing, none twice"),
        ("  memory at the end of a day", f"{sizes[0] >> 20} MB the first, {first >> 20} MB warm, {sizes[-1] >> 20} MB the last")]
