"""The broker is lost in five ways. Plays stay right, no answer is lost, and the retained states come back."""
import json
import random
import signal
import subprocess
import time

import doors
from house import PEOPLE, SPEAKERS, House
from ledger import Ledger
from mqtt import Client, Lost
from processes import Fault, wait_until
from store import Snapshot

LOSSES = 100
KEEPALIVE_S = 5
# Longer than the keepalive interval and its answer may take, so that the daemon notices.
FREEZE_S = 13
USER, PASSWORD = "house", "right"
RETAINED = {"haunt/bridge/state", "haunt/bridge/info", "haunt/bridge/health",
            *(f"haunt/profile/{name}" for name in (*PEOPLE, "default")),
            *(f"haunt/speaker/{name}/state" for name in SPEAKERS)}


class Trial:
    """One house whose broker is lost in every way, in an order of chance."""

    def __init__(self, haunt, rng):
        self.rng, self.ledger, self.plays = rng, Ledger(), 0
        self.house = House(haunt, keepalive_s=KEEPALIVE_S)
        self._secure(self.house)
        self.kinds = [self.kill, self.freeze, self.full_socket, self.wrong_password, self.forget]

    def _secure(self, house):
        for name, word in (("passwords", PASSWORD), ("others", "wrong")):
            (house.folder / name).touch(0o600)
            subprocess.run(["mosquitto_passwd", "-b", house.folder / name, USER, word], check=True, capture_output=True)
        (house.folder / "secret").write_text(PASSWORD)
        text = house.config.read_text().replace("client_id: house,", f"client_id: house, user: {USER}, password_file: secret,")
        house.config.write_text(text)
        self.configure()

    def configure(self, passwords="passwords", is_persistent=True):
        folder = self.house.folder
        more = [f"persistence true\npersistence_location {folder}/"] if is_persistent else []
        self.house.broker.configure(f"password_file {folder / passwords}", *more, anonymous="false")

    def connect(self):
        client = Client(self.house.broker.port, f"trial-{self.rng.random()}", ["haunt/#"], None, USER, PASSWORD)
        self.house.client = client
        return client

    # The ways to lose a broker. Each returns when it is there again.

    def kill(self):
        self.house.broker.end(signal.SIGKILL)
        self.hand_in(3)
        self.house.broker.start()

    def freeze(self):
        """For a moment, or for longer than the daemon takes to notice."""
        self.house.broker.send(signal.SIGSTOP)
        self.hand_in(3)
        time.sleep(self.rng.choice([0.5, 2, FREEZE_S]))
        self.house.broker.send(signal.SIGCONT)

    def full_socket(self):
        """It reads nothing while the daemon has more to say than its socket takes."""
        self.house.broker.send(signal.SIGSTOP)
        for _ in range(3):
            self.house.web.ask("GET", "/healthz")
            self.hand_in(150, artist="Artist with a long name " * 30)
        time.sleep(self.rng.choice([0, FREEZE_S]))
        self.house.broker.send(signal.SIGCONT)

    def wrong_password(self):
        self.house.broker.end(signal.SIGKILL)
        self.configure("others")
        self.house.broker.start()
        time.sleep(1)
        self.hand_in(3)
        self.house.broker.end()
        self.configure()
        self.house.broker.start()

    def forget(self):
        """A restart without persistence: what was retained is gone."""
        self.house.broker.end()
        self.configure(is_persistent=False)
        (self.house.folder / "mosquitto.db").unlink(missing_ok=True)
        self.house.broker.start()
        self.configure()

    # What is checked

    def hand_in(self, count, **values):
        for _ in range(count):
            doors.send_webhook(self.house.web, self.ledger, doors.make_listen(self.rng) | values)

    def lose(self, kind):
        """Lose the broker in the middle of a play, and see that the play and all states are right."""
        house, speaker = self.house, self.rng.choice(list(SPEAKERS))
        self.plays += 1
        first, second = f"First {self.plays}", f"Second {self.plays}"
        began = time.monotonic()
        self.begin(first, speaker)
        self.house.hears(speaker, first)
        kind()
        house.daemon.check()
        house.client.close()
        client = self.connect()
        self.wait_for_answer(client)
        self.begin(first, speaker)
        self.begin(second, speaker)
        self.house.hears(speaker, second)
        self.heard[first] = time.monotonic() - began
        self.ledger.told(first, "player")
        self.begin_other(speaker)
        self.check_retained(speaker)

    def wait_for_answer(self, client):
        """Wait until the daemon is there again. The broker may have kept an older `online`, so only an answer tells."""
        def answers():
            try:
                return client.ask("health/check", timeout=1)
            except Lost:
                return None
        wait_until("the daemon answers after the broker came back", answers, 120)

    def begin(self, title, speaker):
        self.ledger.sent[title] = None
        self.house.play(title, speaker)

    def begin_other(self, speaker):
        """End the second play, so that it is stored, too."""
        title = f"Pause {self.plays}"
        self.begin(title, speaker)
        self.house.hears(speaker, title)

    def check_retained(self, speaker):
        """A new client is told everything that stands retained, as it is now."""
        client = Client(self.house.broker.port, "retained", ["haunt/#"], None, USER, PASSWORD)
        try:
            client.wait(lambda: RETAINED <= client.retained, 10)
        except Lost:
            raise Fault(f"not retained any more: {sorted(RETAINED - client.retained)}") from None
        finally:
            client.close()
        playing = client.state(f"haunt/speaker/{speaker}/state")["now_playing"]
        if playing is None or playing["title"] != f"Pause {self.plays}":
            raise Fault(f"the retained state of {speaker} says {json.dumps(playing)}")

    def run(self, kinds):
        self.heard = {}
        try:
            self.house.broker.start()
            self.connect()
            self.house.start()
            for number in kinds:
                self.lose(self.kinds[number])
            self.house.daemon.end()
            snapshot = Snapshot(self.house.store)
            self.ledger.check(snapshot.titles)
            for title, played_s, _, _ in snapshot.listens():
                if title in self.heard and not 0 <= played_s <= self.heard[title]:
                    raise Fault(f"{title} was heard {played_s} s of the {self.heard[title]} s that passed")
        finally:
            self.house.end()


def run(haunt, seed, share, deadline):
    rng, counts = random.Random(f"losses {seed}"), [0] * 5
    answers = 0
    wanted = max(1, round(LOSSES * share / 5))
    while not counts[-1] or counts[-1] < wanted and time.monotonic() < deadline:
        trial, kinds = Trial(haunt, rng), rng.sample(range(5), 5)
        trial.run(kinds)
        answers += trial.ledger.answers
        counts = [count + 1 for count in counts]
    words = ["killed", "frozen", "full socket", "wrong password", "forgetful restart"]
    return [
        ("broker lost", f"{sum(counts)} of {wanted * 5}"),
        ("  how", ", ".join(f"{word} {count}" for word, count in zip(words, counts))),
        ("  listens answered meanwhile", f"{answers:,}; every play stored once, every retained state back")]
