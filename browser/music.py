"""The music of a made-up house: kinds of music, artists and tracks that exist nowhere else. One seed, one catalog."""
import dataclasses
import random
import wave

KINDS = {
    "indie folk": ("folk|acoustic", .3, ["Hollow Reed", "Marta Lind", "The Lantern Keepers", "Ada Birch", "Salt & Heather", "Elin Moor"]),
    "dream pop": ("dream pop|indie pop", .45, ["Velvet Harbour", "Pale Season", "Luma Grey", "Soft Antenna", "Nightbird Club"]),
    "shoegaze": ("shoegaze|noise pop", .7, ["Glass Orchard", "Slow Comet", "Heavy Petal", "Silver Static"]),
    "ambient": ("ambient|electronic", .12, ["Tidal Room", "Nord Haven", "Quiet Machines"]),
    "techno": ("techno|house", .85, ["Kilo Volt", "Ostkreuz Nine", "Mechanic Sun", "Phase Garden", "Detour 88"]),
    "hip hop": ("hip hop|rap", .7, ["Corner Poet", "Mo Static", "Lady Ledger", "Brass Tactics"]),
    "cool jazz": ("cool jazz|jazz", .35, ["Otis Fairweather", "The Marlowe Quartet", "Ines Delacroix", "Blue Ladder Trio"]),
    "funk": ("funk|soul", .75, ["Sister Velour", "The Pocket Change", "Dr. Groovewell"]),
    "children's music": ("children's music", .6, ["The Marmalade Bears", "Captain Pudding", "Tilly and the Tractor", "Moonboot Mouse"]),
    "indie rock": ("indie rock|alternative rock", .8, ["Paper Rockets", "Kids of Carbon", "Left at Noon", "The Halogens"]),
    "punk": ("punk|pop punk", .95, ["Broken Scooter", "No Homework", "Ruby Riot"]),
}
FIRST = ["Paper", "Silver", "Northern", "Slow", "Golden", "Last", "Hidden", "Little", "Electric", "Winter", "Summer", "Broken", "Second", "Blue", "Wild", "Quiet"]
LAST = ["River", "Window", "Summer", "Lantern", "Garden", "Signal", "Morning", "Letters", "Ocean", "Train", "Kingdom", "Fire", "Holiday", "Map", "Bridge", "Parade"]
CHILD = ["The Bear Who Baked", "Wheels Go Round Again", "Five Sleepy Foxes", "My Red Boots", "Pancake Monday", "Goodnight, Digger", "A Cat in a Hat Shop", "Splash!", "The Counting Train", "Where Is My Sock"]
TRACKS = 8


@dataclasses.dataclass(frozen=True)
class Track:
    artist: str
    title: str
    album: str
    kind: str
    seconds: int
    year: int
    energy: float


def catalog(seed=7):
    """All tracks, by artist."""
    rng = random.Random(seed)
    music = {}
    for kind, (_, energy, artists) in KINDS.items():
        for artist in artists:
            titles = rng.sample(CHILD, TRACKS) if kind == "children's music" else \
                rng.sample([f"{first} {last}" for first in FIRST for last in LAST if first != last], TRACKS)
            year = rng.randint(1991, 2025)
            music[artist] = [
                Track(artist, title, titles[0], kind, rng.randint(120, 330), year, max(.02, min(.98, rng.gauss(energy, .07))))
                for title in titles]
    return music


def catalog_csv(music):
    lines = ["artist,title,album,duration_ms,genres,artist_genres,year,popularity,energy,danceability,valence,acousticness,uri"]
    for number, track in enumerate(track for tracks in music.values() for track in tracks):
        tags = KINDS[track.kind][0]
        lines.append(",".join(f'"{value}"' for value in (
            track.artist, track.title, track.album, track.seconds * 1000, tags, f"{track.kind}|{tags}", track.year, 20 + number * 7 % 70,
            round(track.energy, 2), round(.3 + track.energy / 2, 2), round(.2 + track.energy / 2, 2), round(1 - track.energy, 2),
            f"library://track/{number}")))
    return "\n".join(lines) + "\n"


def record(folder, count):
    """Some music files without tags: a library reads artist and title from their path."""
    for number in range(count):
        path = folder / "Attic Tapes" / f"Tape {number}.wav"
        path.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(path), "wb") as sound:
            sound.setparams((1, 1, 8000, 0, "NONE", ""))
            sound.writeframes(bytes([128]) * 8000)
