"""A made-up home with a private broker and the daemon: four people, seven speakers, three months of listens."""
import contextlib
import datetime
import json
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

import history
import music
from mqtt import Client
from processes import Broker, Daemon, Fault, free_ports, wait_for_port, wait_until
from web import Web
from webdriver import Browser

TOKEN = "a-token-of-the-made-up-home"
# A play of a moment is a listen here, so that nobody waits for the end of a song.
QUICK = "{min_track_s: 30, complete_after_s: 0.05, min_heard_s: 0.02, skip_under_s: 0, flap_s: 0.2, settle_ms: 20}"
PEOPLE = {"anna": "Anna", "ben": "Ben", "mia": "Mia", "jonas": "Jonas"}


@contextlib.contextmanager
def open_home(haunt):
    """A home, and a function that opens a browser in it. Both end with the block."""
    home, folder = Home(haunt), pathlib.Path(tempfile.mkdtemp(prefix="haunt-browser-"))
    with contextlib.ExitStack() as ends:
        ends.callback(shutil.rmtree, folder, ignore_errors=True)
        ends.callback(home.end)

        def open_browser():
            browser = Browser(folder)
            ends.callback(browser.end)
            return browser

        yield home, open_browser


class Home:
    def __init__(self, haunt):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="haunt-page-"))
        self.haunt = haunt
        broker, self.http, self.ingress = free_ports(3)
        self.broker = Broker(self.folder, broker)
        self.config = self.folder / "haunt.yaml"
        self.change_token(TOKEN)
        self.music_folder = self.folder / "music"
        music.record(self.music_folder, 12)
        owners = "".join(f"  - {{name: {name}, profile: {owner}, library: files}}\n" for owner, name in history.SPEAKERS.items())
        self.config.write_text(
            f'mqtt: {{url: "mqtt://127.0.0.1:{broker}", client_id: page}}\nstore: {{path: "{self.folder}/haunt.db"}}\n'
            f'http: {{listen: "127.0.0.1:{self.http}", token_file: token, ingress: {{listen: "127.0.0.1:{self.ingress}", peer: 127.0.0.1}}}}\n'
            f"listening: {QUICK}\nprofiles: {{kids: [mia]}}\n"
            f"speakers:\n{owners}  - {{name: {history.SHARED}, shared: [anna, ben, mia, jonas], library: files}}\n"
            f"  - {{name: {history.NOBODYS}, library: files}}\n  - {{name: {history.SILENT}}}\n"
            f"libraries:\n  - {{name: disk, kind: folder, path: \"{self.music_folder}\"}}\n"
            "sources:\n  - {dialect: home-assistant-statestream, base_topic: homeassistant}\n"
            "  - {dialect: sonos2mqtt, base_topic: sonos}\n")
        self.daemon = Daemon(haunt, self.folder, self.config)
        self.web = Web(self.http)
        self.music = music.catalog()
        self.mqtt = None

    def move_in(self):
        """Write the history into the store, then start everything."""
        files = {"catalog": music.catalog_csv(self.music),
                 "listens": history.csv(history.listens(self.music, datetime.datetime.now().astimezone()))}
        self.broker.start()
        self.mqtt = Client(self.broker.port, "players", ["haunt/#"])
        self.start()
        for name, shown in PEOPLE.items():
            self.ask("PATCH", f"/api/profiles/{name}", {"display_name": shown})
        for kind, text in files.items():
            path = self.folder / f"{kind}.csv"
            path.write_text(text)
            self.command("import", kind, path)

    def start(self):
        self.daemon.start()
        wait_for_port(self.daemon, self.http)

    def change_token(self, token):
        """Another token, from the next start on."""
        self.token, self.headers = token, [("Authorization", f"Bearer {token}")]
        (self.folder / "token").write_text(token + "\n")
        (self.folder / "token").chmod(0o600)

    def command(self, *arguments):
        done = subprocess.run([self.haunt, *map(str, arguments), "--config", str(self.config)], capture_output=True,
                              text=True, timeout=120, check=False)
        if done.returncode:
            raise Fault(f"haunt {' '.join(map(str, arguments))}: exit {done.returncode}: {done.stderr[-2000:]}")
        return done.stdout

    def ask(self, method, path, fields=None):
        """An answer of the API; anything but success is a fault."""
        # One that was kept open may be closed by now.
        self.web.close()
        status, answer = self.web.ask(method, path, fields, self.headers)
        if status >= 300:
            raise Fault(f"{method} {path}: {status}: {answer}")
        return answer

    def until(self, what, method, path, fits):
        """Wait until the API says what fits; return it."""
        seen = None

        def asked():
            nonlocal seen
            try:
                seen = self.ask(method, path)
            except Fault as fault:
                seen = str(fault)
                return False
            return fits(seen)
        try:
            wait_until(what, asked, 10)
        except Fault as fault:
            raise Fault(f"{fault}; the API says {json.dumps(seen)[:800]}") from None
        return seen

    # What Home Assistant tells of players

    def play(self, speaker, track, kind="music"):
        self.tell(speaker, {"state": "playing", "media_content_type": kind, "media_duration": track.seconds,
                            "media_title": track.title, "media_artist": track.artist, "media_album_name": track.album})

    def tell(self, speaker, values):
        name = speaker.split(".")[1]
        for key, value in values.items():
            text = value if key == "state" else json.dumps(value)
            self.mqtt.publish(f"homeassistant/media_player/{name}/{key}", text, retain=True)

    def hears(self, speaker, title, timeout=10):
        """Wait until Haunt says that a track plays."""
        topic = f"haunt/speaker/{speaker.split('.')[1]}/state"
        wait_until(f"{speaker} plays {title}", lambda: ((self.mqtt.state(topic) or {}).get("now_playing") or {}).get("title") == title, timeout)

    def play_through(self, speaker, tracks, heard_s=0.1):
        """Some tracks, one after the other; the last one goes on."""
        for track in tracks:
            self.play(speaker, track)
            self.hears(speaker, track.title)
            time.sleep(heard_s)

    def end(self):
        for close in (self.web.close, self.mqtt.close if self.mqtt else lambda: None):
            with contextlib.suppress(Exception):
                close()
        for process in (self.daemon, self.broker):
            with contextlib.suppress(Fault):
                process.end(signal.SIGTERM)
        shutil.rmtree(self.folder, ignore_errors=True)
