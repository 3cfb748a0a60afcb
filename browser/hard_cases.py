"""What is not as usual: names that are no plain text, many people and speakers, undoing late, a library that shrinks, a daemon that goes."""
import time

import history
from acts import STUDY, check
from music import Track

MARKUP = Track("<img src=x onerror=window.wasRun=1>", "<b>Bold</b> & <script>window.wasRun=1</script>", "<i>Album</i>", "punk", 200, 2020, .5)
LONG = Track("Whose name goes on and on " * 6 + "and ends", "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenauszahlungsstelle " * 2 + "1", "Album", "punk", 200, 2020, .5)
LEFTWARDS = Track("אמן (Live)", "שיר הערב! (2024)", "אלבום", "punk", 200, 2020, .5)
NAMES = ["<u>Ute</u>", "Bartholomäus-Maximilian von und zu Hohenlohe-Schillingsfürst der Jüngere, genannt Barto", "רחל", "李雷", "Zoë", "A", "Ömer", "Uwe"]
SPEAKERS = 34


class HardCases:
    def __init__(self, acts):
        self.acts, self.home, self.browser = acts, acts.home, acts.browser

    def all(self):
        """Every case in turn; yields what was done."""
        for case in (self.needs_no_mouse, self.undoes_late, self.undoes_in_a_sheet, self.asks_before_a_library_goes, self.chooses_days, self.shows_any_name,
                     self.holds_many, self.comes_back, self.asks_for_another_token):
            begun = time.monotonic()
            case()
            yield f"{case.__doc__.rstrip('.')} ({time.monotonic() - begun:.1f} s)"

    def tab_to(self, fits):
        """Press Tab until the focus is where it is wanted."""
        for _ in range(60):
            self.browser.press("\ue004")
            if self.browser.run(f"const at = document.activeElement; return {fits}"):
                return
        check(False, f"the Tab key comes to {fits}")

    def needs_no_mouse(self):
        """A listen is given to somebody with the keyboard alone, undone, and the focus is where it was."""
        self.acts.go("#/history?speaker=media_player.workshop", "Everything that fits")
        self.tab_to("at.classList.contains('owner')")
        key = self.browser.run("return document.activeElement.dataset.key")
        self.browser.press("\ue007")
        self.browser.first("dialog[open] .choice")
        self.tab_to("at.textContent.includes('Jonas')")
        self.browser.press("\ue007")
        self.browser.sees("is Jonas’s now")
        self.browser.press("z", "\ue009")
        self.browser.sees("It is back where it was")
        self.browser.wait("the focus where it was", lambda: self.browser.run("return document.activeElement.dataset.key") == key)

    def undoes_late(self):
        """A change whose notice is gone is undone from the history, also after a reload."""
        self.acts.go("#/history?profile=ben", "Everything that fits")
        listen = self.browser.run("return Number(document.querySelector('.listen input').dataset.id)")
        self.browser.click(self.browser.first(".listen .owner"))
        self.browser.tap("Jonas")
        self.browser.sees("is Jonas’s now")
        self.browser.run("location.reload()")
        self.browser.tap("Undo an earlier change")
        self.browser.click(self.browser.first(".changes li:first-child .button"))
        self.browser.sees("It is back where it was")
        self.home.until("it is Ben's again", "GET", "/api/history?profile=ben&limit=100", lambda seen: any(each["id"] == listen for each in seen["history"]))

    def undoes_in_a_sheet(self):
        """A notice within a sheet can be pressed, and Ctrl+Z does what it offers."""
        path = "/api/feedback?profile=anna"
        before = len(self.home.ask("GET", path)["feedback"])
        self.acts.go("#/now")
        self.acts.on(STUDY, "[data-key=list]")
        for undo in (self.acts.undo, lambda: self.browser.press("z", "\ue009")):
            self.browser.click(self.browser.first("dialog .row-actions button"))
            self.home.until("a like", "GET", path, lambda seen: len(seen["feedback"]) == before + 1)
            self.browser.first("dialog .toast .undo")
            undo()
            self.home.until("no like", "GET", path, lambda seen: len(seen["feedback"]) == before)
        self.browser.run("document.querySelector('dialog[open]').close()")

    def asks_before_a_library_goes(self):
        """A library says what it has, and is asked for before more than half of it goes."""
        def library(state, tracks):
            self.home.until(f"{state} with {tracks} tracks", "GET", "/api/libraries", lambda seen: (
                seen["libraries"][0]["state"], seen["libraries"][0]["tracks"]) == (state, tracks))
        library("synced", 12)
        self.acts.go("#/setup", "12 tracks")
        for path in sorted(self.home.music_folder.rglob("*.wav"))[2:]:
            path.unlink()
        self.browser.tap("Read disk again")
        library("needs_confirmation", 12)
        self.browser.tap("Have a look")
        self.browser.sees("10 of its 12 tracks are gone")
        self.browser.tap("They are gone: go on")
        library("synced", 2)
        self.browser.sees("2 tracks")

    def chooses_days(self):
        """A person's view takes a span from one day to another, and keeps it in its address."""
        self.acts.go("#/person/anna?span=days&from=2026-01-01&to=2026-01-02", "Nothing was heard in this time")
        day = self.home.ask("GET", "/api/profiles/anna/taste")["totals"]["first"][:10]
        self.browser.run("""const field = document.getElementById("filter-to");
            document.getElementById("filter-from").value = field.value = arguments[0];
            field.dispatchEvent(new Event("change"));""", day)
        self.browser.sees("Through the day")
        check(f"to={day}" in self.browser.run("return location.hash"), "the address has the day")

    def shows_any_name(self):
        """Titles and names with markup, of any length and from right to left are text, and push nothing out of the page."""
        for number, shown in enumerate(NAMES):
            self.home.ask("POST", "/api/profiles", {"name": f"guest-{number}", "display_name": shown})
        speakers = list(history.SPEAKERS.values())
        for speaker, track in zip(speakers, (MARKUP, LONG, LEFTWARDS)):
            self.home.play_through(speaker, [track, self.home.music["Kilo Volt"][0], track])
        self.acts.go("#/now")
        for place, shown in (("#/now", MARKUP.title), ("#/now", LONG.title), ("#/history", MARKUP.artist), ("#/person/guest-0", NAMES[0]),
                             ("#/person/guest-1", NAMES[1]), ("#/person/guest-2", NAMES[2])):
            self.acts.go(place)
            self.browser.sees(shown)
            check(not self.browser.run("return document.documentElement.scrollWidth > innerWidth"), f"{place} fits")
        check(not self.browser.run("return window.wasRun"), "no title is markup")

    def holds_many(self):
        """Forty speakers and a dozen people are all there, in the order of their names."""
        track = self.home.music["Kilo Volt"][1]
        for number in range(SPEAKERS):
            self.home.play(f"media_player.room_{number}", track)
        self.acts.go("#/now", "Room 33")
        shown = self.browser.run("return [...document.querySelectorAll('[data-speaker] h2')].map((each) => each.textContent)")
        check(len(shown) >= 40 and shown.index("Room 2") < shown.index("Room 10"), shown)
        check(len(self.browser.run("return [...document.querySelectorAll('#nav a')]")) == 4, "four views")
        self.acts.on("media_player.room_3", ".whose")
        self.browser.tap("Whose speaker is it?")
        self.browser.wait("all people", lambda: self.browser.run("return document.querySelectorAll('dialog .choice').length >= 12"))
        self.browser.run("document.querySelector('dialog[open]').close()")
        for number in range(SPEAKERS):
            self.home.tell(f"media_player.room_{number}", {"state": "idle"})

    def comes_back(self):
        """A daemon that stops is said to be away, a view that failed loads when it is back, and the stream goes on."""
        self.acts.go("#/now")
        self.home.daemon.end()
        self.browser.sees("What you see may be old")
        self.browser.run("location.hash = '#/history'")
        self.browser.sees("Is it running?")
        self.home.start()
        self.browser.sees("Today", 40)
        self.browser.wait("the line to be well", lambda: not self.browser.run("return document.getElementById('line').textContent"))
        track = self.home.music["Ada Birch"][6]
        self.acts.go("#/now")
        self.home.play(STUDY, track)
        self.browser.sees(track.title)

    def asks_for_another_token(self):
        """Where the token changed, the page asks for the new one and goes on."""
        self.home.daemon.end()
        self.home.change_token("another-token-of-the-made-up-home")
        self.home.start()
        self.browser.sees("not the right token", 40)
        self.browser.type(self.browser.first("#token"), self.home.token + "\n")
        track = self.home.music["Ada Birch"][7]
        self.home.play(STUDY, track)
        self.browser.sees(track.title, 40)
        # Refused requests are said by the console, and are what is tried here.
        said = self.browser.complaints()
        check(all("401" in line or "ERR_CONNECTION_REFUSED" in line for line in said), said)
