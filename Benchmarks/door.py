#!/usr/bin/env python3
"""How long does a list take over HTTP? Measures a running daemon at its door, beside its bare answer to /healthz.

    Benchmarks/door.py PATH-TO-HAUNT [--requests N]

A seed makes up a catalog of 97,000 tracks and four people, the first with 54,000 plays. One client keeps its connection. Times are those of the client, and of the daemon's
processor as Linux counts it, which depends less on what else the machine does. Python 3.9, nothing to install.
"""
import argparse
import csv
import datetime
import http.client
import json
import os
import random
import socket
import subprocess
import sys
import tempfile
import time

TRACKS, ARTISTS, TAGS = 97_000, 22_000, 4_000
PEOPLE = {"anna": 54_000, "ben": 25_000, "cleo": 22_000, "dan": 19_000}
FAMILIES = ["jazz", "rock", "metal", "techno", "house", "folk", "classical", "hip hop", "soul", "ambient", "pop", "blues", "country", "reggae", "punk", "disco"]
FEATURES = ["danceability", "energy", "valence", "acousticness", "instrumentalness", "speechiness"]
WISHES = ["jazz", "chill dinner party", "techno but no house", "rainy sunday morning", "80s rock for a road trip", "música para cenar", "ruhige Musik zum Lesen",
          "folk like Artist 12", "sad songs", "happy music", "90s hip hop", "death metal"]
END = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)


def write(path, head, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(head)
        out.writerows(rows)


def make_up_catalog(rng, path):
    """Few artists have many tracks; artists of one family share tags, as real ones do."""
    tags = []
    for _ in range(ARTISTS):
        family = rng.choice(FAMILIES)
        kinds = [f"{family} kind {int(rng.random() ** 2 * TAGS / len(FAMILIES))}" for _ in range(rng.randint(1, 9))]
        tags.append("|".join([family] + kinds) if rng.random() < .8 else "")
    tracks = [min(ARTISTS - 1, int(rng.paretovariate(.6)) - 1) if rng.random() < .4 else rng.randrange(ARTISTS) for _ in range(TRACKS)]
    write(path, ["artist", "title", "artist_genres", "year", "duration_ms", "popularity"] + FEATURES, (
        [f"Artist {artist}", f"Song {number}", tags[artist], rng.randint(1955, 2025), rng.randint(120, 400) * 1000, rng.randint(0, 100)]
        + [round(rng.random(), 3) for _ in FEATURES] for number, artist in enumerate(tracks)))
    return tracks


def make_up_plays(rng, tracks, count, path):
    """A year in which every week has a hundred favourites, half of them from the week before."""
    favourites, rows = [rng.randrange(TRACKS) for _ in range(100)], []
    for number in range(count):
        if number % (count // 52) == 0:
            favourites = [track if rng.random() < .5 else rng.randrange(TRACKS) for track in favourites]
        track = favourites[int(rng.random() * rng.random() * 100)]
        at = END - datetime.timedelta(days=365) * ((count - number) / count)
        rows.append([at.strftime("%Y-%m-%dT%H:%M:%SZ"), f"Artist {tracks[track]}", f"Song {track}", 200_000])
    write(path, ["timestamp", "artist", "title", "ms_played"], rows)


class Daemon:
    def __init__(self, program, folder):
        self.store, config = os.path.join(folder, "haunt.db"), os.path.join(folder, "haunt.yaml")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        with open(config, "w", encoding="utf-8") as file:
            file.write(f"mqtt: {{url: \"mqtt://127.0.0.1:1\"}}\nstore: {{path: {self.store}, demo_catalog: false}}\nhttp: {{listen: 127.0.0.1:{port}}}\n")
        self.program, self.config, self.port = program, config, port

    def run(self, *arguments):
        subprocess.run([self.program, *arguments, "--store", self.store], check=True, stdout=subprocess.DEVNULL)

    def __enter__(self):
        self.process = subprocess.Popen([self.program, "serve", "--config", self.config], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        for _ in range(200):
            try:
                self.client.connect()
                return self
            except OSError:
                time.sleep(.05)
        sys.exit("The daemon does not answer")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()

    def ask(self, path, body=None):
        began = time.perf_counter()
        self.client.request("POST" if body else "GET", path, json.dumps(body) if body else None, {"Content-Type": "application/json"} if body else {})
        answer = self.client.getresponse()
        answer.read()
        if body and answer.status != 201:
            sys.exit(f"{path}: {answer.status}")
        return (time.perf_counter() - began) * 1000

    def processor_ms(self):
        with open(f"/proc/{self.process.pid}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")

    def megabytes(self):
        with open(f"/proc/{self.process.pid}/status", encoding="utf-8") as file:
            return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmRSS"))


def measure(daemon, name, times, ask, bare=None):
    ask(0)
    before = daemon.processor_ms()
    wall = sorted(ask(number) for number in range(times))
    processor = (daemon.processor_ms() - before) / times
    p50, p99 = wall[times // 2], wall[int(times * .99)]
    print(f"{name:34} p50 {p50:7.2f}  p99 {p99:7.2f}  processor {processor:7.2f} ms{f'   {p50 / bare:6.1f} x /healthz' if bare else ''}", flush=True)
    return p50


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("haunt")
    parser.add_argument("--requests", type=int, default=200)
    options = parser.parse_args()
    rng = random.Random(1)
    with tempfile.TemporaryDirectory(prefix="haunt-door-") as folder:
        daemon, path = Daemon(options.haunt, folder), os.path.join(folder, "made-up.csv")
        tracks = make_up_catalog(rng, path)
        daemon.run("import", "catalog", path)
        for name, count in PEOPLE.items():
            make_up_plays(rng, tracks, count, path)
            daemon.run("profile", "add", name)
            daemon.run("import", "listens", path, "--profile", name)
        with daemon:
            bare = measure(daemon, "/healthz", options.requests, lambda n: daemon.ask("/healthz"))
            print(f"memory before the first list: {daemon.megabytes():.0f} MB")
            people = list(PEOPLE)
            for name, body in [("taste and wish", {"profile": "anna"}), ("a guest's wish", {}), ("taste", {"profile": "anna", "vibe": None}),
                               ("two people", {"profiles": people[:2], "vibe": None}), ("two people and wish", {"profiles": people[:2]}),
                               ("four people", {"profiles": people, "vibe": None}), ("four people and wish", {"profiles": people})]:
                make = lambda n: {"total_tracks": 25, "vibe": WISHES[n % len(WISHES)], **body}
                measure(daemon, f"25 tracks: {name}", options.requests, lambda n: daemon.ask("/api/playlists/generate", make(n)), bare)
            print(f"memory after all lists: {daemon.megabytes():.0f} MB")


if __name__ == "__main__":
    main()
