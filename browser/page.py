"""The page in a real browser, against the real daemon: page.py <haunt binary> <axe.min.js> <folder for pictures>

Each act says what it did; the first thing that is not as it should be ends the run with 1.
"""
import argparse
import pathlib
import shutil
import sys
import time

sys.path.append(str(pathlib.Path(__file__).resolve().parent.parent / "torture"))

import history  # noqa: E402
import ingress  # noqa: E402
from acts import Acts, check  # noqa: E402
from hard_cases import HardCases  # noqa: E402
from home import open_home  # noqa: E402
from page_files import LANGUAGES, check_files  # noqa: E402
from processes import Fault  # noqa: E402

SIZES = {"phone": (390, 844), "desk": (1280, 900)}
COLOURS = ("light", "dark")
VIEWS = {"now": "#/now", "person": "#/person/anna?span=ever", "history": "#/history", "history-filter":
         "#/history?artist=The+Marmalade+Bears&speaker=media_player.study", "not-counted": "#/history?tab=ignored",
         "rejected": "#/history?tab=rejected", "setup": "#/setup"}
FIRST_PAINT_BYTES = 100_000
BEGIN = time.monotonic()


def say(line):
    print(f"{time.monotonic() - BEGIN:6.1f}  {line}", flush=True)


def begin_playing(home):
    """An afternoon: three speakers play, something was not counted, something was rejected."""
    music = home.music
    home.play_through(history.SPEAKERS["anna"], music["Luma Grey"][:4])
    home.play_through(history.SHARED, [music["Velvet Harbour"][0], music["Otis Fairweather"][0], music["Ines Delacroix"][1]])
    home.play(history.SPEAKERS["ben"], music["Kilo Volt"][2])
    kids = history.SPEAKERS["mia"]
    home.tell(kids, {"state": "playing", "media_content_type": "music", "media_duration": 12, "media_title": "Jingle", "media_artist": "Captain Pudding"})
    home.hears(kids, "Jingle")
    home.tell(kids, {"state": "idle"})
    home.web.ask("POST", "/api/history/webhook", {"title": "One", "artist": "Ruby Riot", "profile": "clara"}, home.headers)
    home.until("what was not counted", "GET", "/api/ignored", lambda seen: seen["ignored"])


def first_paint(browser, address):
    """Bytes of what is loaded until the first view stands, as they come over the network."""
    browser.cdp("Network.enable")
    browser.cdp("Network.setCacheDisabled", cacheDisabled=True)
    browser.open(address)
    browser.sees("speakers are playing")
    seen = browser.run("""return performance.getEntriesByType("resource").filter((each) => each.name.includes("/assets/"))
        .map((each) => each.encodedBodySize).concat(performance.getEntriesByType("navigation").map((each) => each.encodedBodySize))""")
    browser.cdp("Network.setCacheDisabled", cacheDisabled=False)
    texts = {path.stem: path.stat().st_size for path in LANGUAGES}
    most = sum(seen) - texts["en"] + max(texts.values())
    check(most < FIRST_PAINT_BYTES, f"{most} bytes until the first view")
    return f"first view: {sum(seen) / 1000:.1f} kB in {len(seen)} files, {most / 1000:.1f} kB in the language with the most words"


def complain(browser, axe, what):
    """A fault when the console or axe-core finds something."""
    check(not (said := browser.complaints()), f"{what}: the console says {said}")
    if not browser.run("return Boolean(window.axe)"):
        browser.run(axe)
    found = browser.run("""return axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) =>
        violations.map((each) => `${each.id}: ${each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " " + node.failureSummary.slice(0, 200)).join(" | ")}`))""")
    check(not found, f"{what}: axe-core finds {found}")


def pictures(browser, acts, axe, folder):
    """Each view in both sizes and both colours, each without a complaint."""
    for size, (width, height) in SIZES.items():
        for colour in COLOURS:
            browser.look(width, height, colour)
            for view, place in VIEWS.items():
                acts.go(place)
                browser.run("return document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 250)))")
                browser.picture(folder / f"{view}-{size}-{colour}.png")
                wide = browser.run("return document.documentElement.scrollWidth")
                check(wide <= width, f"{view} is {wide} wide on {width}")
                complain(browser, axe, f"{view}, {size}, {colour}")
    say(f"{len(VIEWS) * len(SIZES) * len(COLOURS)} pictures without a complaint")


def sheets(browser, acts, axe, folder):
    """The sheets of the first view."""
    for colour in COLOURS:
        browser.look(*SIZES["phone"], colour)
        for name, speaker, control in (("who", history.SHARED, ".whose"), ("who-owned", history.SPEAKERS["anna"], ".whose"),
                                       ("wish", history.SPEAKERS["anna"], "[data-key=wish]"), ("not-this", history.SPEAKERS["anna"], "[data-key=not]"),
                                       ("list", history.SPEAKERS["anna"], "[data-key=list]")):
            acts.go("#/now")
            acts.on(speaker, control)
            browser.wait("the sheet", lambda: browser.find("dialog[open] .sheet-body > :not([aria-busy])"))
            if name == "wish":
                browser.type(browser.first("#vibe"), "chill 90s jazz")
                browser.sees("the 1990s")
            browser.picture(folder / f"sheet-{name}-{colour}.png")
            complain(browser, axe, f"sheet {name}, {colour}")
            browser.run("document.querySelector('dialog[open]').close()")


def through_ingress(home, browser):
    """Behind a prefix, without a token: somebody is asked once who they are, and greeted by their own view from then on."""
    address = ingress.serve(home.ingress)
    browser.open(address)
    browser.sees("Hello Ben")
    browser.tap("Ben")
    browser.sees("Through the day")
    check(home.ask("GET", "/api/profiles/ben")["name"] == "ben", "Ben is there")
    browser.open("about:blank")
    browser.open(address)
    browser.wait("his own view", lambda: browser.run("return location.hash") == "#/person/ben")
    browser.run("location.hash = '#/now'")
    browser.sees("speakers are playing")
    say("through ingress: asked once, greeted by name, live")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("haunt")
    arguments.add_argument("axe", type=pathlib.Path)
    arguments.add_argument("pictures", type=pathlib.Path)
    given = arguments.parse_args()
    axe = given.axe.read_text()
    shutil.rmtree(given.pictures, ignore_errors=True)
    given.pictures.mkdir(parents=True)
    browser = None
    with open_home(given.haunt) as (home, open_browser):
        try:
            say(check_files())
            home.move_in()
            begin_playing(home)
            say("a home of four people, three months of listens")
            browser = open_browser()
            browser.look(*SIZES["phone"], "light")
            address = f"http://127.0.0.1:{home.http}/"
            acts = Acts(home, browser, address)
            for line in acts.all():
                say(line)
                check(not (said := browser.complaints()), f"the console says {said}")
            say(first_paint(browser, address))
            begin_playing(home)
            pictures(browser, acts, axe, given.pictures)
            sheets(browser, acts, axe, given.pictures)
            through_ingress(home, browser)
            complain(browser, axe, "through ingress")
            browser.look(*SIZES["phone"], "light")
            browser.open(address)
            for line in HardCases(acts).all():
                say(line)
        except Fault as fault:
            if browser:
                browser.picture(given.pictures / "fault.png")
            say(f"FAULT  {fault}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
