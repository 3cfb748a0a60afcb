"""The page left open while a house is loud, with other clients on the stream: soak.py <haunt binary> [--minutes N] [--rate N]

A house plays about 100 tracks an hour; here that many play in less than a minute. The page holds at the end what it held
after the first tenth, or the run ends with 1. So does the daemon.
"""
import argparse
import itertools
import os
import pathlib
import socket
import sys
import threading
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "torture"))

import history  # noqa: E402
from acts import Acts, check  # noqa: E402
from home import open_home  # noqa: E402
from processes import Fault  # noqa: E402

VIEWS = ("#/person/anna", "#/history", "#/history?tab=ignored", "#/setup", "#/person/ben?span=ever", "#/now")
SAMPLE_S = 30
READERS = 12
BEGIN = time.monotonic()


def say(line):
    print(f"{time.monotonic() - BEGIN:7.1f}  {line}", flush=True)


class Reader(threading.Thread):
    """A client of the stream that reads for some seconds, leaves, and comes back with the id that it saw last."""

    def __init__(self, port, token, stay_s):
        super().__init__(daemon=True)
        self.port, self.token, self.stay_s = port, token, stay_s
        self.read_bytes, self.visits, self.last, self.is_over = 0, 0, b"", False

    def run(self):
        while not self.is_over:
            try:
                self.visit(time.monotonic() + self.stay_s)
                self.visits += 1
            except OSError:
                time.sleep(1)

    def visit(self, until):
        with socket.create_connection(("127.0.0.1", self.port), timeout=30) as line:
            last = f"Last-Event-ID: {self.last.decode()}\r\n" if self.last else ""
            line.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {self.token}\r\n{last}\r\n".encode())
            while time.monotonic() < until and not self.is_over and (part := line.recv(65536)):
                self.read_bytes += len(part)
                if (place := part.rfind(b"\nid: ")) >= 0 and (end := part.find(b"\n", place + 1)) > 0:
                    self.last = part[place + 5:end]


def lazy_reader(port, token):
    """A client that opens the stream and never reads."""
    line = socket.create_connection(("127.0.0.1", port))
    line.sendall(f"GET /api/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n\r\n".encode())
    return line


def cpu_s(pid):
    """Seconds that a process has computed."""
    fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def cost_of_a_page(home, browser, acts):
    """What the daemon holds more after a page was opened and closed."""
    time.sleep(5)
    before = home.daemon.rss()
    acts.token()
    for view in VIEWS:
        acts.go(view)
    browser.open("about:blank")
    time.sleep(5)
    after = home.daemon.rss()
    say(f"idle daemon: {before / 1e6:.1f} MB before a page was opened, {after / 1e6:.1f} MB after it was closed")
    browser.open(acts.address + "#/now")
    browser.sees("speakers are playing")


def look_around(browser, acts, view):
    """Somebody looks at another view, opens a sheet, and comes back. ChromeDriver holds on to elements that it found, so none is found here."""
    acts.go(view)
    acts.go("#/now")
    browser.run("document.querySelector(arguments[0]).click()", f"[data-speaker='{history.SHARED}'] .whose")
    browser.wait("the sheet", lambda: browser.run("return Boolean(document.querySelector('dialog[open] .choices'))"))
    browser.run("document.querySelector('dialog').close()")
    browser.wait("its end", lambda: browser.run("return !document.querySelector('dialog')"))


def stay_open(home, browser, acts, minutes, rate):
    """Plays and samples until the time is over; returns the samples."""
    tracks = itertools.cycle(track for each in home.music.values() for track in each)
    speakers = itertools.cycle(history.SPEAKERS.values())
    views = itertools.cycle(VIEWS)
    samples, played, end = [], 0, time.monotonic() + minutes * 60
    while time.monotonic() < end:
        until = min(end, time.monotonic() + SAMPLE_S)
        while time.monotonic() < until:
            home.play(next(speakers), next(tracks))
            played += 1
            time.sleep(1 / rate)
        look_around(browser, acts, next(views))
        home.daemon.check()
        samples.append((*browser.metrics(), home.daemon.rss()))
        if len(samples) % 10 == 1:
            nodes, heap, listeners, rss = samples[-1]
            say(f"{played:6} tracks: page {nodes} nodes, {heap / 1e6:.2f} MB, {listeners} listeners; daemon {rss / 1e6:.1f} MB, {cpu_s(home.daemon.running.pid):.0f} s of CPU")
    return played, samples


def judge(samples):
    """Compare the medians of the second tenth and of the last one."""
    tenth = max(1, len(samples) // 10)

    def median(rows, column):
        return sorted(row[column] for row in rows)[len(rows) // 2]
    first, last = samples[tenth:2 * tenth] or samples[:1], samples[-tenth:]
    for column, name, unit, factor, room in ((0, "nodes of the page", 1, 1.2, 200), (1, "MB of scripts", 1e6, 1.15, 500_000),
                                             (2, "listeners", 1, 1.2, 50), (3, "MB of the daemon", 1e6, 1.1, 8_000_000)):
        begin, end = median(first, column), median(last, column)
        say(f"{name}: {begin / unit:.2f} at the begin, {end / unit:.2f} at the end")
        check(end < begin * factor + room, f"{name} do not grow")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("haunt")
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--rate", type=float, default=4, help="tracks a second")
    given = arguments.parse_args()
    with open_home(given.haunt) as (home, open_browser):
        readers = [Reader(home.http, home.token, 5 + 10 * number) for number in range(READERS)]
        try:
            home.move_in()
            for speaker, track in zip(history.SPEAKERS.values(), (track for each in home.music.values() for track in each)):
                home.play(speaker, track)
            browser = open_browser()
            browser.look(1280, 900, "light")
            acts = Acts(home, browser, f"http://127.0.0.1:{home.http}/")
            cost_of_a_page(home, browser, acts)
            lazy = lazy_reader(home.http, home.token)
            for reader in readers:
                reader.start()
            played, samples = stay_open(home, browser, acts, given.minutes, given.rate)
            lazy.close()
            say(f"{played} tracks; {sum(each.visits for each in readers)} visits of {READERS} readers, {sum(each.read_bytes for each in readers) / 1e6:.0f} MB read")
            check(not (said := browser.complaints()), f"the console says {said}")
            judge(samples)
        except Fault as fault:
            say(f"FAULT  {fault}")
            return 1
        finally:
            for reader in readers:
                reader.is_over = True
    return 0


if __name__ == "__main__":
    sys.exit(main())
