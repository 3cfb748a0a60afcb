"""A browser: Chromium without a window, driven by ChromeDriver over WebDriver. The standard library is enough for it."""
import base64
import json
import pathlib
import shutil
import time
import urllib.error
import urllib.request

from processes import Fault, Process, free_ports, wait_for_port

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
# The same font on every machine that has it, so that the pictures are alike.
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
{aliases}</fontconfig>"""
ALIAS = ('<match target="pattern"><test name="family"><string>{family}</string></test>'
         '<edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>')


class Browser:
    def __init__(self, folder: pathlib.Path):
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        port, = free_ports(1)
        fonts = folder / "fonts.conf"
        fonts.write_text(FONTS.format(aliases="".join(ALIAS.format(family=f) for f in ("system-ui", "sans-serif"))))
        self.driver = Process(
            [shutil.which("chromedriver"), f"--port={port}"], folder / "chromedriver.log",
            {"FONTCONFIG_FILE": str(fonts), "HOME": str(folder), "LANG": "en_GB.UTF-8"})
        self.driver.start()
        wait_for_port(self.driver, port)
        self.url = f"http://127.0.0.1:{port}"
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
                     "--force-color-profile=srgb", "--lang=en-GB", f"--user-data-dir={folder}/chromium",
                     "--js-flags=--expose-gc", "--disable-background-networking", "--disable-component-update"]
        answer = self._send("POST", "/session", {"capabilities": {"alwaysMatch": {
            "browserName": "chrome", "goog:loggingPrefs": {"browser": "ALL"},
            "goog:chromeOptions": {"binary": chromium, "args": arguments,
                                   "prefs": {"intl.accept_languages": "en-GB,en"}}}}})
        self.session = f"/session/{answer['sessionId']}"

    def _send(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            value = json.load(error)["value"]
            raise Fault(f"{value['error']}: {value['message'].splitlines()[0]}") from None

    def end(self):
        self._send("DELETE", self.session)
        self.driver.end()

    def open(self, address):
        self._send("POST", f"{self.session}/url", {"url": address})

    def run(self, script, *arguments):
        """Run the body of a function in the page; what it returns is waited for."""
        return self._send("POST", f"{self.session}/execute/sync", {"script": script, "args": list(arguments)})

    def cdp(self, command, **parameters):
        return self._send("POST", f"{self.session}/goog/cdp/execute", {"cmd": command, "params": parameters})

    def find(self, selector, within=None):
        """The elements of a CSS selector that are shown."""
        base = f"{self.session}/element/{within}" if within else self.session
        found = self._send("POST", f"{base}/elements", {"using": "css selector", "value": selector})
        return [each[ELEMENT] for each in found]

    def first(self, selector):
        """The first element of a CSS selector, as soon as it is there."""
        return self.wait(selector, lambda: self.find(selector))[0]

    def text(self, element):
        return self._send("GET", f"{self.session}/element/{element}/text")

    def click(self, element):
        self.run("arguments[0].scrollIntoView({block: 'center'})", {ELEMENT: element})
        self._send("POST", f"{self.session}/element/{element}/click", {})

    def type(self, element, text):
        self._send("POST", f"{self.session}/element/{element}/value", {"text": text})

    def press(self, key, *held):
        """Press a key where the focus is, with others held."""
        keys = [("keyDown", each) for each in (*held, key)] + [("keyUp", each) for each in (key, *held)]
        self._send("POST", f"{self.session}/actions", {"actions": [
            {"type": "key", "id": "keyboard", "actions": [{"type": what, "value": each} for what, each in keys]}]})

    def named(self, name, roles="button,a,label,summary,[role=button],select", exact=True):
        """The control that a person would call so: in the topmost dialog, else on the page."""
        script = """
            const [name, roles, exact] = arguments;
            const dialogs = [...document.querySelectorAll("dialog[open]")];
            const places = [...dialogs.slice(-1), document.getElementById("toasts"), ...(dialogs.length ? [] : [document])];
            const fits = (text) => exact ? text === name : text.includes(name);
            for (const place of places.filter(Boolean)) {
              for (const each of place.querySelectorAll(roles)) {
                const label = each.querySelector(".label");
                const words = [each.getAttribute("aria-label"), each.textContent.trim(), label && label.textContent.trim()];
                if (words.some((text) => text && fits(text)) && each.getClientRects().length) return each;
              }
            }
            return null;"""
        found = self.run(script, name, roles, exact)
        return found and found[ELEMENT]

    def tap(self, name, exact=True, timeout=10):
        """Press the control of this name as soon as it is there."""
        self.wait(f"a control called “{name}”", lambda: self._tapped(name, exact), timeout)

    def _tapped(self, name, exact):
        element = self.named(name, exact=exact)
        if not element:
            return False
        try:
            self.click(element)
            return True
        except Fault as fault:
            if "stale" in str(fault) or "intercepted" in str(fault) or "interactable" in str(fault):
                return False
            raise

    def wait(self, what, happens, timeout=10):
        """Wait for what the page does by itself; return what was waited for."""
        deadline = time.monotonic() + timeout
        while not (seen := happens()):
            if time.monotonic() > deadline:
                raise Fault(f"waited {timeout} s in vain for {what}; the page says:\n{self.words()[:1500]}")
            time.sleep(0.03)
        return seen

    def words(self):
        return self.run("return document.body.innerText")

    def sees(self, text, timeout=10):
        self.wait(f"the words “{text}”", lambda: text in self.words(), timeout)

    def complaints(self):
        """What the console has said since it was asked last."""
        return [f"{entry['level']}: {entry['message']}" for entry in
                self._send("POST", f"{self.session}/se/log", {"type": "browser"}) if entry["level"] in ("SEVERE", "WARNING")]

    def look(self, width, height, colour):
        """A window of a size and a colour scheme."""
        self.cdp("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=2, mobile=width < 600)
        self.cdp("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": colour}, {"name": "prefers-reduced-motion", "value": "reduce"}])

    def picture(self, path):
        path.write_bytes(base64.b64decode(self.cdp("Page.captureScreenshot", format="png")["data"]))

    def metrics(self):
        """Nodes of documents and bytes of scripts, after the garbage was collected."""
        self.cdp("Performance.enable")
        for _ in range(2):
            self.cdp("HeapProfiler.collectGarbage")
        values = {each["name"]: each["value"] for each in self.cdp("Performance.getMetrics")["metrics"]}
        return int(values["Nodes"]), int(values["JSHeapUsedSize"]), int(values["JSEventListeners"])
