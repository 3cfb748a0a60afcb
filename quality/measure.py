#!/usr/bin/env python3
"""How good are the lists, on music that nobody made? Repeats a small version of the figures of docs/taste.md.

    quality/measure.py PATH-TO-HAUNT [--seed N]

A seed makes up a catalog (24 kinds of music, one artist with far more tracks than all others, names that are ordinary words) and two people: one
plays new songs to death, one rotates a whole library. Wishes are scored on facts: what carries the kind that was asked for, whose name it is, what
was denied, from which years it is. Lists of known tracks are scored against the week that follows. Python 3.9, nothing to install.
"""
import argparse
import csv
import datetime
import json
import math
import os
import random
import subprocess
import sys
import tempfile

FAMILIES = {
    "rock": ["hard rock", "garage rock", "surf rock", "post-rock"], "jazz": ["bebop", "cool jazz", "free jazz", "swing"],
    "electronic": ["techno", "house", "trance", "dubstep"], "metal": ["thrash metal", "death metal", "doom metal", "black metal"],
    "folk": ["indie folk", "bluegrass", "celtic", "americana"], "soul": ["funk", "motown", "neo soul", "gospel"],
}
NAMES = ["Queen Mab", "Journeyman", "Salt, Pepper & Rust", "The Slow Road to Nowhere", "Yes Sir", "Blue Hour", "Harvest, The Moon", "Wind & Weather"]
ORDINARY = ["Queen", "Journey", "Heart", "Muse"]
NOW = datetime.datetime(2026, 6, 1, tzinfo=datetime.timezone.utc)


class Haunt:
    def __init__(self, program, folder):
        self.program, self.store = program, os.path.join(folder, "haunt.db")

    def run(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--store", self.store], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(f"haunt {' '.join(arguments)}: exit {done.returncode}: {done.stderr.strip()}")
        return done.stdout

    def recommend(self, *arguments, limit=10):
        return json.loads(self.run("recommend", *arguments, "--limit", str(limit), "--seed", "1", "--json"))["tracks"]

    def playlist(self, wish, tracks):
        return json.loads(self.run("playlist", "generate", "--guest", "--vibe", wish, "--total-tracks", str(tracks), "--json"))["tracks"]


def make_catalog(rng, path):
    """Returns {artist: (tags, years)}, and writes the catalog."""
    artists = {"Everywhere": (["pop", "dance pop"], 120)}
    for family, kinds in FAMILIES.items():
        for kind in kinds:
            for number in range(rng.randint(4, 9)):
                artists[f"{kind.title()} Band {number}"] = ([family, kind], rng.randint(1, 6))
    for name in NAMES + ORDINARY:
        artists[name] = (["pop"], 10)
    facts = {}
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["artist", "title", "artist_genres", "year", "duration_ms", "energy"])
        for artist, (tags, tracks) in artists.items():
            facts[artist] = (set(tags), [rng.randint(1960, 2019) for _ in range(tracks)])
            for number, year in enumerate(facts[artist][1]):
                out.writerow([artist, f"Song {number}", "|".join(tags), year, rng.randint(150, 300) * 1000, round(rng.random(), 2)])
    return facts


def make_plays(rng, facts, binges):
    """A year of plays: who binges changes songs every ten days, who rotates goes through two hundred."""
    tracks = [(a, f"Song {n}") for a, (_, years) in facts.items() for n in range(len(years))]
    known, plays = rng.sample(tracks, 200), []
    for day in range(365):
        if binges and day % 10 == 0:
            favourites = rng.sample(tracks, 12)
        for number in range(20):
            at = NOW - datetime.timedelta(days=365 - day) + datetime.timedelta(minutes=4 * number)
            plays.append((at, *(rng.choice(favourites) if binges else known[(day * 20 + number) % 200 if number % 2 else rng.randrange(200)])))
    return plays


def write_plays(plays, path):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["timestamp", "artist", "title", "ms_played"])
        out.writerows([at.strftime("%Y-%m-%dT%H:%M:%SZ"), artist, title, 200_000] for at, artist, title in plays)


def share(values):
    values = list(values)
    return sum(values) / max(1, len(values))


def score_wishes(haunt, facts):
    kinds = [kind for family in FAMILIES.values() for kind in family]
    carries = lambda artist, kind: kind in facts[artist][0]
    possible = {kind: sum(min(2, len(y)) for a, (t, y) in facts.items() if kind in t) for kind in kinds}
    yield "a kind of music: share of 10 that carries it", share(
        carries(t["artist"], kind) for kind in kinds for t in haunt.recommend("--vibe", kind)[: possible[kind]])
    yield "a name: its artist comes first", share(
        haunt.recommend("--vibe", form.format(name))[0]["artist"] == name for name in NAMES + ORDINARY for form in ("{}", "play {}", "something by {}"))
    yield "one slip of the pen", share(haunt.recommend("--vibe", f"play {n[:2]}{n[3:]}")[0]["artist"] == n for n in ["Journeyman", "Blue Hour", "Journey"])
    without = [("rock, no hard rock", "rock", "hard rock"), ("jazz ohne swing", "jazz", "swing"), ("metal sin death metal", "metal", "death metal")]
    yield "a wish with a no: wanted, and nothing denied", share(
        carries(t["artist"], yes) and not carries(t["artist"], no) for wish, yes, no in without for t in haunt.recommend("--vibe", wish))
    years = {(a, f"Song {n}"): y for a, (_, ys) in facts.items() for n, y in enumerate(ys)}
    yield "years: tracks of the decade", share(
        years[t["artist"], t["title"]] // 10 * 10 == d for w, d in [("80s rock", 1980), ("jazz der 60er", 1960), ("anni 90", 1990)] for t in haunt.recommend("--vibe", w))
    yield "asked four times in a row, does it still fit?", share(
        carries(t["artist"], kind) for kind in kinds[::4] for _ in range(4) for t in haunt.playlist(kind, min(8, possible[kind])))


def score_plays(haunt, rng, facts, folder):
    for name, binges in (("binges", True), ("rotates", False)):
        plays, gains = make_plays(rng, facts, binges), []
        path = os.path.join(folder, f"{name}.csv")
        write_plays(plays, path)
        haunt.run("profile", "add", name)
        haunt.run("import", "listens", path, "--profile", name)
        for weeks in range(1, 9):
            cut = NOW - datetime.timedelta(weeks=weeks)
            coming = {(a, t) for at, a, t in plays if cut <= at < cut + datetime.timedelta(weeks=1)}
            answer = haunt.recommend("--profile", name, "--mode", "familiar", "--at", cut.strftime("%Y-%m-%dT%H:%M:%SZ"), "--max-per-artist", "25", limit=25)
            gain = sum(1 / math.log2(n + 2) for n, t in enumerate(answer) if (t["artist"], t["title"]) in coming)
            gains.append(gain / sum(1 / math.log2(n + 2) for n in range(min(25, len(coming)))))
        yield f"known tracks of who {name}, next 7 days: nDCG@25", share(gains)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("haunt")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="haunt-quality-") as folder:
        haunt, path = Haunt(options.haunt, folder), os.path.join(folder, "catalog.csv")
        facts = make_catalog(rng, path)
        haunt.run("import", "catalog", path)
        for scores in (score_wishes(haunt, facts), score_plays(haunt, rng, facts, folder)):
            for name, value in scores:
                print(f"{value:.3f}  {name}", flush=True)


if __name__ == "__main__":
    main()
