"""Hostile payloads over HTTP and MQTT: no crash, no growth, no taste touched, and /healthz answers meanwhile."""
import collections
import json
import pathlib
import random
import time
import urllib.parse

import players
from grammar import VICTIMS, Grammar
from house import PEOPLE, House
from processes import Fault
from store import Snapshot
from watch import Watch
from web import Gone, Web

PAYLOADS = 500_000
LEAST = 1_000
# Sent in any run, also where a slow machine left no time for them.
FEWEST = 2_000
# What ranks or reads much is asked for less often than what is quick.
SLOW = {"recommend", "generatePlaylist", "recommend/get", "playlist/generate", "document", "metrics"}
REFUSED = {400, 413, 415, 422}


class Attack:
    """A house with tastes that nobody valid names, and the count of what was sent."""

    def __init__(self, haunt, rng):
        self.rng, self.house = rng, House(haunt, players.SOURCES)
        self.sent, self.seen, self.answers = 0, collections.Counter(), collections.Counter()

    def begin(self):
        self.house.move_in()
        for name in (*VICTIMS, "lb"):
            self.house.web.ask("POST", "/api/profiles", {"name": name})
        self._fill()
        self.grammar = Grammar(self.house.web.ask("GET", "/openapi.json")[1], self.rng)
        self.token = self.house.web.ask("POST", "/api/profiles/lb/token", {})[1]["token"]
        self.before = self._tastes()
        self.watch = Watch(self.house)

    def _fill(self):
        """A history for everybody, and a catalog."""
        rows = [{"title": f"Song {n}", "artist": f"Artist {n % 150}", "played_s": 200, "profile": PEOPLE[n % 4],
                 "started_at": f"2025-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:00:00Z"} for n in range(400)]
        for row in rows:
            self.house.web.ask("POST", "/api/history/webhook", row)

    def _tastes(self):
        tastes = Snapshot(self.house.store).tastes()[1]
        return {name: rows for name, rows in tastes.items() if name in PEOPLE}

    def choose(self, operations):
        weights = [0.25 if each.name in SLOW else 1 for each in operations]
        while True:
            yield from self.rng.choices(operations, weights, k=1_000)

    def count(self, operation, fields):
        self.sent += 1
        self.seen.update((operation.name, name) for name in fields if name in operation.fields)
        self.seen[operation.name, ""] += 1

    def goes_on(self, wanted, deadline):
        return self.sent < wanted and (self.sent < FEWEST or time.monotonic() < deadline)

    def judge(self, is_refused, code, request, answer):
        """Note one answer. An internal error is a fault; so is a store that cannot be written."""
        if code in (500, 503, "internal", "unavailable"):
            raise Fault(f"{request[:2000]!r} was answered {answer[:1000]!r}")
        self.answers[is_refused] += 1

    def end(self, what, wanted, operations):
        self.house.daemon.check()
        watched = self.watch.end()
        if self._tastes() != self.before:
            raise Fault("a taste changed that nothing valid named")
        if self.house.daemon.end() != 0:
            raise Fault("the daemon did not end with status 0 after the attack")
        least = min(self.seen[each.name, name] for each in operations for name in ("", *each.fields))
        passed = self.answers[False] / max(1, sum(self.answers.values()))
        if self.sent >= wanted == PAYLOADS and least < LEAST:
            raise Fault(f"an operation or field was sent {least} times only")
        if not 0.4 < passed:
            raise Fault(f"only {passed:.0%} passed decoding, so that most of the code was not reached")
        return [
            (f"hostile payloads, {what}", f"{self.sent:,} of {wanted:,}; {passed:.0%} passed decoding"),
            ("  operations and fields", f"{len(operations)} operations, each with each field at least {least:,} times"),
            *watched]


class HTTPAttack(Attack):
    CONNECTIONS = 8

    def run(self, wanted, deadline):
        self.operations = list(self.grammar.http_operations())
        chosen, webs = self.choose(self.operations), [Web(self.house.http) for _ in range(self.CONNECTIONS)]
        while self.goes_on(wanted, deadline):
            requests = [self.request(next(chosen)) for _ in webs]
            for web, request in zip(webs, requests):
                web.send(*request)
            for web, request in zip(webs, requests):
                self.take(web, request)
        return self.end("HTTP", wanted, self.operations)

    def take(self, web, request):
        try:
            status, answer = web.receive()
        except Gone:
            self.house.daemon.check()
            # What is no HTTP is answered by hanging up.
            self.answers[True] += 1
            return
        self.judge(status in REFUSED, status, request[1].encode() + b" " + request[2], answer)
        self.grammar.harvest(answer)

    def request(self, operation):
        """One request: half of them valid, half spoiled."""
        rng, grammar = self.rng, self.grammar
        fields, is_hostile = grammar.fields(operation), rng.random() < 0.45
        if is_hostile and rng.random() < 0.7:
            fields = grammar.spoil(operation, fields)
        self.count(operation, fields)
        path, query, body = operation.path, [], {}
        for name, value in fields.items():
            place = operation.places.get(name, "body" if operation.method != "GET" else "query")
            if place == "path":
                path = path.replace(f"{{{name}}}", self.quote(value) or "x")
            elif place == "query":
                query.append(f"{name.encode(errors='replace').decode()}={self.quote(value)}")
            else:
                body[name] = value
        data = grammar.confine(operation, json.dumps(body).encode()) if body or operation.method in ("POST", "PUT", "PATCH") else b""
        if is_hostile and rng.random() < 0.3:
            data = grammar.confine(operation, grammar.damage(data))
        path = path.replace("{", "").replace("}", "") + ("?" + "&".join(query) if query else "")
        return operation.method, path.replace(" ", "%20")[:20_000], data[:1 << 20], self.headers(operation, is_hostile)

    def headers(self, operation, is_hostile):
        kind = "application/json" if operation.is_json else "application/octet-stream"
        if is_hostile and self.rng.random() < 0.05:
            kind = self.rng.choice(["text/plain", "application/x-www-form-urlencoded", "", "application/json;" * 50])
        headers = [("Content-Type", kind)]
        if operation.path.startswith("/1/"):
            headers.append(("Authorization", f"Token {self.token}"))
        return headers

    @staticmethod
    def quote(value):
        text = value if isinstance(value, str) else json.dumps(value)
        return urllib.parse.quote(text.encode(errors="surrogatepass")[:4_000], safe="")


class MQTTAttack(Attack):
    # Fewer than the daemon's queue holds, so that none is dropped.
    WINDOW = 200
    VERBS = {"request": "chill", "feedback": "like", "profile/set": "v1", "guest/set": "ON", "total_tracks/set": "7", "mode/set": "familiar"}

    def run(self, wanted, deadline):
        page = pathlib.Path(__file__).parent.parent / "docs/mqtt-topics.md"
        self.operations = list(self.grammar.mqtt_operations(page.read_text()))
        self.problem, self.house.client.take = None, self.take
        chosen, told = self.choose(self.operations), players.Words(self.rng)
        while self.goes_on(wanted, deadline):
            for _ in range(self.WINDOW):
                self.send(next(chosen), told)
            self.house.client.ask("profile/show", {"name": "default"}, timeout=60)
            if self.problem:
                raise self.problem
        figures = self.end("MQTT", wanted, self.operations)
        return [*figures, ("  of these, players' messages", f"{told.count:,}, in {len(players.FORMS)} dialects")]

    def send(self, operation, told):
        rng, grammar, client = self.rng, self.grammar, self.house.client
        if rng.random() < 0.2:
            self.sent += 1
            topic, data = told.next()
            return client.publish(topic, grammar.damage(data) if rng.random() < 0.4 else data, qos=0)
        if rng.random() < 0.1:
            self.sent += 1
            verb, word = rng.choice(list(self.VERBS.items()))
            data = word.encode() if rng.random() < 0.6 else json.dumps(grammar.wrong()).encode()
            return client.publish(f"haunt/speaker/hostile{rng.randrange(12)}/{verb}", data[:1 << 20], qos=0)
        fields, is_hostile = grammar.fields(operation), rng.random() < 0.4
        if is_hostile and rng.random() < 0.7:
            fields = grammar.spoil(operation, fields)
        self.count(operation, fields)
        data = grammar.confine(operation, json.dumps(fields).encode())
        if is_hostile and rng.random() < 0.3:
            data = grammar.confine(operation, grammar.damage(data))
        topic = "haunt/listen" if operation.name == "listen/add" and rng.random() < 0.5 else f"haunt/bridge/request/{operation.name}"
        client.publish(topic, data[:1 << 20], qos=0)

    def take(self, topic, payload):
        if not topic.startswith("haunt/bridge/response/"):
            return
        try:
            code = (json.loads(payload).get("error") or {}).get("code")
            self.judge(code in ("bad_request", "invalid", "too_large"), code, topic.encode(), payload)
        except Fault as problem:
            self.problem = problem
        self.grammar.harvest(payload)


def attack(kind, haunt, seed, share, deadline):
    one = kind(haunt, random.Random(f"{kind.__name__} {seed}"))
    try:
        one.begin()
        return one.run(round(PAYLOADS * share), deadline)
    finally:
        one.house.end()


def http(*plan):
    return attack(HTTPAttack, *plan)


def mqtt(*plan):
    return attack(MQTTAttack, *plan)
