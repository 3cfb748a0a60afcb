"""Listens by every door at once: two topics, the webhook, batches for ListenBrainz, players, and imported files."""
import datetime
import itertools
import json
import os
import random
import threading

from house import PEOPLE, SPEAKERS
from mqtt import Client, Lost
from processes import Fault
from web import Gone, Web

ARTISTS = [f"Artist {number}" for number in range(200)]
NUMBERS = itertools.count(1)
YEAR_S = 365 * 86_400


def moment(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def make_listen(rng):
    """A listen whose title is used for no other, in the form of the webhook."""
    title = f"Song {next(NUMBERS)}"
    listen = {"title": title, "artist": rng.choice(ARTISTS), "played_s": rng.choice([31.5, 200, 20, None]),
              "duration_s": rng.choice([210, None]), "event_id": f"event {title}",
              "started_at": moment(1_700_000_000 + rng.randrange(YEAR_S))}
    if rng.random() < 0.7:
        listen["speaker_name"] = f"media_player.{rng.choice(list(SPEAKERS))}"
    if rng.random() < 0.5:
        listen["profile"] = rng.choice(PEOPLE)
    return {name: value for name, value in listen.items() if value is not None}


def submission(listens):
    """The same listens as a client of ListenBrainz sends them."""
    return {"listen_type": "import", "payload": [
        {"listened_at": int(datetime.datetime.fromisoformat(each["started_at"]).timestamp()),
         "track_metadata": {"artist_name": each["artist"], "track_name": each["title"], "additional_info": {
             name: value for name, value in [
                 ("event_id", each.get("event_id")), ("speaker_name", each.get("speaker_name")),
                 ("duration", each.get("duration_s")), ("ms_played", each.get("played_s", 200) * 1000)] if value}}}
        for each in listens]}


class Fire:
    """Writes by all doors until the daemon is gone. What was recorded comes again by another door now and then."""

    def __init__(self, house, ledger, tokens, rng):
        self.house, self.ledger, self.tokens, self.seed = house, ledger, tokens, rng.random()
        self.over = threading.Event()
        self.threads = [threading.Thread(target=self._guard, args=(work,)) for work in (
            self._topics, self._webhook, self._batches, self._players, self._corrections)]
        self.problems = []

    def begin(self):
        for thread in self.threads:
            thread.start()

    def end(self):
        self.over.set()
        for thread in self.threads:
            thread.join(30)
        if self.problems:
            raise self.problems[0]

    def _guard(self, work):
        try:
            work(random.Random(f"{self.seed} {work.__name__}"))
        except (Gone, Lost):
            pass
        except Fault as problem:
            self.problems.append(problem)

    def _topics(self, rng):
        """Eight listens in flight, on `haunt/listen` and on the request topic, answered with their event id."""
        room = threading.Semaphore(8)

        def take(topic, payload):
            if topic != "haunt/bridge/response/listen/add":
                return
            answer = json.loads(payload)
            key = answer["transaction"]
            if answer["status"] != "ok" or not answer["data"]["stored"]:
                self.problems.append(Fault(f"a listen was refused: {payload[:500]!r}"))
            self.ledger.record(key, "mqtt")
            room.release()

        client = Client(self.house.broker.port, f"doors-{os.urandom(4).hex()}", ["haunt/bridge/response/listen/add"], take)
        try:
            while not self.over.is_set():
                if not room.acquire(timeout=0.05):
                    continue
                listen = make_listen(rng)
                key = self.ledger.send({listen["title"]: listen})
                topic = rng.choice(["haunt/listen", "haunt/bridge/request/listen/add"])
                client.publish(topic, json.dumps({**listen, "transaction": key}))
        finally:
            client.close()

    def _webhook(self, rng):
        web = Web(self.house.http)
        while not self.over.is_set():
            with self.ledger.lock:
                known = rng.choice(tuple(self.ledger.recorded)) if self.ledger.recorded and rng.random() < 0.1 else None
            old = self.ledger.sent.get(known) if known else None
            send_webhook(web, self.ledger, old or make_listen(rng))

    def _batches(self, rng):
        web = Web(self.house.http)
        while not self.over.is_set():
            profile = rng.choice(PEOPLE)
            listens = [make_listen(rng) | {"profile": profile, "artist": ARTISTS[0]} for _ in range(rng.choice([1, 5, 40]))]
            send_batch(web, self.ledger, self.tokens[profile], listens)

    def _players(self, rng):
        """Five speakers play. Who ends a track begins the next one."""
        client = Client(self.house.broker.port, f"players-{os.urandom(4).hex()}", ())
        try:
            while not self.over.wait(rng.uniform(0.005, 0.05)):
                title = f"Play {next(NUMBERS)}"
                with self.ledger.lock:
                    self.ledger.sent[title] = None
                self.house.play(title, rng.choice(list(SPEAKERS)), rng.choice(ARTISTS), client)
        finally:
            client.close()

    def _corrections(self, rng):
        """Somebody gives an artist to somebody else, and takes half of that back."""
        web = Web(self.house.http)
        while not self.over.wait(rng.uniform(0.1, 0.5)):
            wish = {"artist": rng.choice(ARTISTS[1:]), "to_profile": rng.choice(PEOPLE)}
            status, answer = web.ask("POST", "/api/history/reassign", wish)
            if status == 200 and answer["undo_id"] and rng.random() < 0.5:
                web.ask("POST", "/api/history/undo", {"undo_id": answer["undo_id"]})


def send_webhook(web, ledger, listen):
    key = ledger.send({listen["title"]: listen})
    status, answer = web.ask("POST", "/api/history/webhook", listen)
    if status not in (200, 201) or not answer["stored"]:
        raise Fault(f"the webhook answered {status} {answer} to {listen}")
    ledger.record(key, "http")


def send_batch(web, ledger, token, listens):
    key = ledger.send({each["title"]: each for each in listens}, f"batch {listens[0]['title']}")
    status, answer = web.ask("POST", "/1/submit-listens", submission(listens), [("Authorization", f"Token {token}")])
    if status != 200:
        raise Fault(f"submit-listens answered {status} {answer}")
    ledger.record(key, "listenbrainz")


def repeat(house, ledger, tokens):
    """Send again what was not answered, as its senders would."""
    web = Web(house.http)
    for key, listens in list(ledger.open.items()):
        if key.startswith("batch "):
            several = list(listens.values())
            send_batch(web, ledger, tokens[several[0]["profile"]], several)
        elif not key.startswith("file "):
            send_webhook(web, ledger, next(iter(listens.values())))
    web.close()
