"""Three months of a made-up house: who listens when to what, and how that changes. One seed, one history."""
import datetime
import random

DAYS = 92
# Hours of the day in which somebody begins to listen, on working days and on days off, and how often a day.
HABITS = {
    "anna": ([7, 9, 10, 21, 21, 22], [9, 10, 16, 21], 1.6),
    "ben": ([6, 12, 18, 19, 20], [11, 14, 20, 22, 23], 1.3),
    "mia": ([7, 15, 16, 17, 18], [8, 9, 10, 15, 17], 1.5),
    "jonas": ([14, 16, 17, 22], [12, 15, 18, 23], 1.2),
}
# The weight of each kind of music, in the first and in the last month.
LIKES = {
    "anna": ({"indie folk": 6, "dream pop": 2, "ambient": 2}, {"indie folk": 2, "dream pop": 5, "shoegaze": 4, "ambient": 2}),
    "ben": ({"techno": 5, "hip hop": 2, "cool jazz": 2}, {"techno": 3, "cool jazz": 5, "funk": 3, "hip hop": 1}),
    "mia": ({"children's music": 9, "funk": 1}, {"children's music": 8, "dream pop": 1, "funk": 2}),
    "jonas": ({"indie rock": 6, "hip hop": 3, "punk": 1}, {"indie rock": 3, "punk": 5, "hip hop": 3}),
}
SPEAKERS = {"anna": "media_player.study", "ben": "media_player.workshop", "mia": "media_player.kids_room", "jonas": "media_player.attic"}
SHARED, NOBODYS, SILENT = "media_player.kitchen", "media_player.bathroom", "media_player.garden"
# How often somebody uses the kitchen instead of their own speaker.
IN_KITCHEN = {"anna": .3, "ben": .3, "mia": .25, "jonas": .1}
# How often Mia hears her songs on Anna's speaker.
IN_STUDY = .2


def listens(music, now, seed=11):
    """Rows of (start, track, seconds heard, speaker), in the order of time."""
    rng = random.Random(seed)
    rows = []
    for day in range(DAYS, 0, -1):
        date = now.date() - datetime.timedelta(days=day)
        for person, (working, free, often) in HABITS.items():
            for hour in sorted(rng.sample(free if date.weekday() > 4 else working, 2 if rng.random() < often - 1 else 1)):
                start = datetime.datetime.combine(date, datetime.time(min(23, max(0, hour + rng.choice([-1, 0, 0, 0, 1]))), rng.randint(0, 40)), now.tzinfo)
                rows += session(rng, music, person, start, 1 - day / DAYS, where(rng, person, hour))
        if rng.random() < .4:
            start = datetime.datetime.combine(date, datetime.time(7, rng.randint(0, 30)), now.tzinfo)
            rows += session(rng, music, rng.choice(["anna", "ben"]), start, 1 - day / DAYS, NOBODYS)[:4]
    return [row for row in sorted(rows, key=lambda row: row[0]) if row[0] < now - datetime.timedelta(hours=6)]


def where(rng, person, hour):
    if person == "mia" and hour >= 15 and rng.random() < IN_STUDY:
        return SPEAKERS["anna"]
    return SHARED if rng.random() < IN_KITCHEN[person] else SPEAKERS[person]


def session(rng, music, person, start, progress, speaker):
    """Some tracks in a row; artists are met one after the other through the three months."""
    before, after = LIKES[person]
    weights = {kind: before.get(kind, 0) * (1 - progress) + after.get(kind, 0) * progress for kind in before | after}
    kinds = rng.choices(list(weights), list(weights.values()), k=2)
    rows = []
    for _ in range(rng.randint(4, 9)):
        artists = [artist for artist, tracks in music.items() if tracks[0].kind in kinds]
        known = [artist for place, artist in enumerate(sorted(artists, key=lambda name: (hash_of(person + name), name)))
                 if place < 2 + progress * len(artists)]
        track = music[rng.choices(known, [1 / (place + 1) for place in range(len(known))])[0]]
        track = track[min(len(track) - 1, int(rng.expovariate(.5)))]
        skipped = rng.random() < .07
        heard = rng.randint(5, 25) if skipped else track.seconds
        rows.append((start, track, heard, speaker))
        start += datetime.timedelta(seconds=heard + 2)
    return rows


def hash_of(text):
    """A number for a text that is the same in each run."""
    return sum(ord(letter) * (place + 1) * 31 for place, letter in enumerate(text)) % 997


def csv(rows):
    lines = ["timestamp,artist,title,album,ms_played,skipped,speaker_name"]
    lines += [
        f'{start.astimezone(datetime.timezone.utc):%Y-%m-%dT%H:%M:%SZ},"{track.artist}","{track.title}","{track.album}",'
        f"{heard * 1000},{'true' if heard < 30 else 'false'},{speaker}" for start, track, heard, speaker in rows]
    return "\n".join(lines) + "\n"
