#!/usr/bin/env python3
"""How long does reading a library take, and how much memory? Each kind is read whole, and once more into a new store with a kill -9 in the middle.

    Benchmarks/libraries.py PATH-TO-HAUNT [--tracks 10000 100000] [--only music-assistant mpd …]

`folder` are files with tags, and `mpd` is a real MPD that serves them. The other kinds are servers of this program that answer in their shape, so that the figures are
those of Haunt. Columns: seconds by the clock, seconds of the processor and peak memory of `haunt library sync`, what had been stored when it was killed, what the second
run read again, and what the catalog has in the end. Python 3.9, nothing to install but mpd.
"""
import argparse
import base64
import hashlib
import http.server
import json
import os
import pathlib
import socket
import socketserver
import sqlite3
import struct
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse

PAGE, PER_ALBUM = 500, 10


def song(number):
    """The tags of a made-up track."""
    artist = number // 20
    return {"title": f"Song {number}", "artist": f"Artist {artist}", "album": f"Album {number // PER_ALBUM}", "genre": ("rock", "jazz", "techno", "folk")[artist % 4],
            "year": 1960 + artist % 60}


class Shape:
    """A library of made-up tracks behind a server in the shape of some software. `served` counts the tracks that were handed out."""

    def __init__(self, tracks):
        self.tracks, self.served, self.lock = tracks, 0, threading.Lock()

    def page(self, start, count):
        numbers = range(start, max(start, min(self.tracks, start + count)))
        with self.lock:
            self.served += len(numbers)
        return numbers

    def serve(self, handler):
        class Server(socketserver.ThreadingTCPServer):
            daemon_threads = allow_reuse_address = True

            def handle_error(self, *_):
                """A client that was killed is no fault."""
        self.server = Server(("127.0.0.1", 0), handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()


class HTTPShape(Shape):
    def __init__(self, tracks):
        super().__init__(tracks)
        shape = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self):
                url = urllib.parse.urlparse(self.path)
                body = json.dumps(shape.answer(url.path, dict(urllib.parse.parse_qsl(url.query)))).encode()
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass
        self.serve(Handler)


class Subsonic(HTTPShape):
    kind = "subsonic"

    def configuration(self, folder):
        (folder / "secret").write_text("secret\n")
        return f'url: "http://127.0.0.1:{self.port}", user: haunt, password_file: secret'

    def answer(self, path, query):
        verb, body = path.rsplit("/", 1)[-1].split(".")[0], {}
        if verb == "getScanStatus":
            body = {"scanStatus": {"scanning": False, "count": self.tracks, "lastScan": "2026-01-01T00:00:00Z"}}
        elif verb == "search3":
            numbers = self.page(int(query["songOffset"]), int(query["songCount"]))
            body = {"searchResult3": {"song": [dict(song(n), id=f"s{n}", path=f"{n}.flac", duration=200, type="music") for n in numbers]}}
        return {"subsonic-response": {"status": "ok", "version": "1.16.1", "openSubsonic": True, **body}}


class AudioMuse(HTTPShape):
    kind = "audiomuse"

    def configuration(self, folder):
        return f'url: "http://127.0.0.1:{self.port}", uri: "muse://{{id}}"'

    @staticmethod
    def embedding(number):
        state, values = number * 2654435761 + 1, []
        for _ in range(8):
            state = state * 6364136223846793005 + 1442695040888963407 & (1 << 64) - 1
            values.append((state >> 40) / (1 << 23) - 1)
        return base64.b64encode(struct.pack("<512f", *(values * 64))).decode()

    def answer(self, path, query):
        page, limit = int(query.get("page", 1)), int(query.get("limit", 250))
        start, isIndex = (page - 1) * limit, query.get("fields") == "index"
        if isIndex:
            rows = [{"id": f"m{n}", "fp": "1"} for n in range(start, min(self.tracks, start + limit))]
        else:
            rows = [dict(song(n), id=f"m{n}", fp="1", tempo=120, mood_vector=f"{song(n)['genre']}:0.6", clap_embedding=self.embedding(n)) for n in self.page(start, limit)]
        return {"tracks": rows, "total_tracks": self.tracks, "has_more": start + limit < self.tracks, "next_page": page + 1}


class MusicAssistant(Shape):
    kind = "music-assistant"

    def __init__(self, tracks):
        super().__init__(tracks)
        shape = self

        class Handler(socketserver.StreamRequestHandler):
            def send(self, value):
                data = json.dumps(value).encode()
                length = bytes([len(data)]) if len(data) < 126 else b"\x7e" + struct.pack(">H", len(data)) if len(data) < 65536 else b"\x7f" + struct.pack(">Q", len(data))
                self.wfile.write(b"\x81" + length + data)

            def receive(self):
                head = self.rfile.read(2)
                if len(head) < 2 or head[0] & 15 == 8:
                    return None
                size = head[1] & 127
                if size > 125:
                    size = struct.unpack(">H" if size == 126 else ">Q", self.rfile.read(2 if size == 126 else 8))[0]
                mask, data = self.rfile.read(4), self.rfile.read(size)
                return bytes(byte ^ mask[place % 4] for place, byte in enumerate(data)) if head[0] & 15 == 1 else b""

            def handle(self):
                lines = iter(lambda: self.rfile.readline().strip(), b"")
                key = next((line.split(b":", 1)[1].strip() for line in lines if line.lower().startswith(b"sec-websocket-key")), b"")
                for _ in lines:
                    pass
                accept = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()).decode()
                self.wfile.write(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode())
                self.send({"server_id": "x", "server_version": "2.3", "schema_version": 26, "min_supported_schema_version": 24})
                while (text := self.receive()) is not None:
                    if text:
                        request = json.loads(text)
                        self.send({"message_id": request["message_id"], "result": shape.answer(request["command"], request.get("args") or {}), "partial": False})
        self.serve(Handler)

    def configuration(self, folder):
        return f'url: "http://127.0.0.1:{self.port}"'

    def answer(self, command, args):
        start, limit = args.get("offset", 0), args.get("limit", 500)
        if command == "music/tracks/count":
            return self.tracks
        if command == "music/albums/library_items":
            return [{"item_id": str(n), "name": f"Album {n}", "year": song(n * PER_ALBUM)["year"]} for n in range(start, min(self.tracks // PER_ALBUM, start + limit))]
        return [{"item_id": str(n), "uri": f"library://track/{n}", "name": song(n)["title"], "artists": [{"name": song(n)["artist"]}], "duration": 200,
                 "album": {"item_id": n // PER_ALBUM, "name": song(n)["album"]}, "metadata": {"genres": [song(n)["genre"]]}} for n in self.page(start, limit)]


class Folder:
    kind, served = "folder", None

    def __init__(self, tracks, music):
        self.music = music

    def configuration(self, folder):
        return f"path: {self.music}"

    def stop(self):
        pass


class MPD(Folder):
    kind = "mpd"

    def __init__(self, tracks, music):
        self.home = tempfile.TemporaryDirectory()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        file = pathlib.Path(self.home.name, "mpd.conf")
        file.write_text(f'music_directory "{music}"\ndb_file "{self.home.name}/db"\nbind_to_address "127.0.0.1"\nport "{self.port}"\nmax_output_buffer_size "65536"\n'
                        'audio_output {\n type "null"\n name "none"\n}\n')
        self.process = subprocess.Popen(["mpd", "--no-daemon", str(file)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while self.songs() < tracks:
            time.sleep(1)

    def songs(self):
        """How many songs it has; 0 while it looks for more."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), 5) as server, server.makefile("rwb") as file:
                file.write(b"command_list_begin\nstats\nstatus\ncommand_list_end\nclose\n")
                file.flush()
                answer = dict(line.strip().split(b": ", 1) for line in file if b": " in line)
                return 0 if b"updating_db" in answer else int(answer.get(b"songs", 0))
        except OSError:
            return 0

    def configuration(self, folder):
        return f"host: 127.0.0.1, port: {self.port}"

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.home.cleanup()


def make_files(tracks, folder):
    """FLAC files with tags and without sound."""
    def block(kind, data):
        return bytes([kind]) + struct.pack(">I", len(data))[1:] + data
    sound = 44_100 << 44 | 1 << 41 | 15 << 36 | 44_100 * 200
    info = block(0, struct.pack(">HH6xQ16x", 4096, 4096, sound))
    for number in range(tracks):
        tags = song(number)
        texts = [f"{name.upper()}={tags[key]}".encode() for name, key in [("title", "title"), ("artist", "artist"), ("album", "album"), ("genre", "genre"), ("date", "year")]]
        comments = struct.pack("<II", 0, len(texts)) + b"".join(struct.pack("<I", len(text)) + text for text in texts)
        place = folder / f"a{number // 200:05}"
        place.mkdir(exist_ok=True)
        (place / f"{number:06}.flac").write_bytes(b"fLaC" + info + block(0x84, comments))


def stored(store, column):
    """A number of the library's row in the store; 0 before there is one."""
    try:
        with sqlite3.connect(f"file:{store}?mode=ro", uri=True, timeout=5) as database:
            row = database.execute(f"SELECT {column} FROM libraries WHERE name = 'lib'").fetchone()
            return row[0] or 0 if row else 0
    except sqlite3.OperationalError:
        return 0


def run(haunt, folder, kill_at=None):
    """Reads the library by the command; seconds, those of the processor and peak memory in MB, or what was stored when it was killed."""
    began, store = time.monotonic(), folder / "haunt.db"
    process = subprocess.Popen([haunt, "library", "sync", "lib", "--config", str(folder / "haunt.yaml"), "--json"], stdout=subprocess.PIPE, text=True)
    while kill_at is not None and process.poll() is None:
        if stored(store, "reading_read") >= kill_at:
            process.kill()
            process.wait()
            return stored(store, "reading_read")
        time.sleep(.01)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"haunt library sync failed: {process.stdout.read()}")
    return time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def measure(haunt, source, tracks):
    with tempfile.TemporaryDirectory() as whole, tempfile.TemporaryDirectory() as broken:
        for folder in map(pathlib.Path, (whole, broken)):
            (folder / "haunt.yaml").write_text(f"store: {{path: {folder}/haunt.db}}\nlibraries: [{{name: lib, kind: {source.kind}, {source.configuration(folder)}}}]\n")
        seconds, processor_s, peak = run(haunt, pathlib.Path(whole))
        killed = run(haunt, pathlib.Path(broken), kill_at=tracks // 2)
        time.sleep(1)  # The server still answers what the killed one asked.
        served = source.served
        again_s, _, _ = run(haunt, pathlib.Path(broken))
        again = "?" if served is None else source.served - served - (tracks - killed)
        ends = [stored(pathlib.Path(folder, "haunt.db"), "tracks") for folder in (whole, broken)]
        print(f"{source.kind:16}{tracks:8}{seconds:9.1f}{processor_s:8.1f}{peak:8.0f}{killed:10}{again:>8}{again_s:9.1f}{ends[0]:10}{ends[1]:10}", flush=True)
        if ends != [tracks, tracks]:
            sys.exit(f"{source.kind}: tracks are missing")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("haunt")
    parser.add_argument("--tracks", type=int, nargs="+", default=[10_000, 100_000])
    kinds = {kind.kind: kind for kind in (MusicAssistant, Subsonic, AudioMuse, Folder, MPD)}
    parser.add_argument("--only", nargs="+", choices=kinds, default=list(kinds))
    options = parser.parse_args()
    print(f"{'kind':16}{'tracks':>8}{'seconds':>9}{'cpu s':>8}{'MB':>8}{'killed at':>10}{'again':>8}{'seconds':>9}{'tracks':>10}{'tracks':>10}")
    for tracks in options.tracks:
        with tempfile.TemporaryDirectory() as music:
            if {"folder", "mpd"} & set(options.only):
                make_files(tracks, pathlib.Path(music))
            for name in options.only:
                source = kinds[name](tracks, music) if name in ("folder", "mpd") else kinds[name](tracks)
                try:
                    measure(os.path.abspath(options.haunt), source, tracks)
                finally:
                    source.stop()


if __name__ == "__main__":
    main()
