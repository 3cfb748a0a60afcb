"""The processes of a house: mosquitto and the daemon. None outlives the program that started it."""
import contextlib
import ctypes
import getpass
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time


class Fault(Exception):
    """Something that must not happen."""


def free_ports(count):
    """Ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def wait_until(what, happens, timeout=20):
    """Wait for something that nobody tells of."""
    deadline = time.monotonic() + timeout
    while not happens():
        if time.monotonic() > deadline:
            raise Fault(f"waited {timeout} s in vain: {what}")
        time.sleep(0.01)


def wait_for_port(process, port):
    """Wait until a process accepts connections."""
    def accepts():
        process.check()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0
    wait_until(f"{process.command[0]} listens on its port", accepts)


def die_with_parent():
    """Let the kernel kill the process when the part that started it is gone."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Process:
    """A process whose output goes to a log. One that ends by itself is a fault."""

    def __init__(self, command, log, environment=None):
        self.command, self.log, self.environment, self.running = command, log, environment or {}, None

    def start(self):
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=os.environ | self.environment,
                preexec_fn=die_with_parent)

    def send(self, what):
        self.running.send_signal(what)

    def end(self, how=signal.SIGTERM, timeout=30):
        """End it; return its exit status, None when it was not running."""
        if self.running is None:
            return None
        process, self.running = self.running, None
        process.send_signal(how)
        try:
            return process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise Fault(f"{self.command[0]} did not end within {timeout} s of signal {how}") from None

    def check(self):
        """Raise a fault when it has ended by itself."""
        if self.running is not None and self.running.poll() is not None:
            tail = self.log.read_text(errors="replace")[-3000:]
            raise Fault(f"{self.command[0]} ended by itself with status {self.running.returncode}:\n{tail}")

    def rss(self):
        """Resident memory in bytes."""
        status = pathlib.Path(f"/proc/{self.running.pid}/status").read_text()
        return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


class Broker(Process):
    def __init__(self, folder, port):
        self.folder, self.port, self.conf = folder, port, folder / "mosquitto.conf"
        program = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
        super().__init__([program, "-c", str(self.conf)], folder / "mosquitto.log")
        self.configure()

    def configure(self, *more, anonymous="true"):
        lines = [
            f"listener {self.port} 127.0.0.1", f"user {getpass.getuser()}", f"allow_anonymous {anonymous}",
            "log_dest stderr", "log_type error", "max_queued_messages 0", "max_inflight_messages 0",
            "set_tcp_nodelay true", *more]
        self.conf.write_text("\n".join(lines) + "\n")

    def start(self):
        super().start()
        wait_for_port(self, self.port)


class Daemon(Process):
    """Tells when it is ready, as it tells systemd."""

    def __init__(self, program, folder, config, environment=None):
        self.ready = folder / "ready"
        super().__init__([program, "serve", "--config", str(config)], folder / "haunt.log",
                         {"NOTIFY_SOCKET": str(self.ready), "HAUNT_STORE_DEMO_CATALOG": "false", **(environment or {})})

    def start(self, timeout=30):
        self.ready.unlink(missing_ok=True)
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notices:
            notices.bind(str(self.ready))
            notices.settimeout(0.5)
            super().start()
            deadline = time.monotonic() + timeout
            while time.monotonic() < deadline:
                with contextlib.suppress(TimeoutError):
                    if b"READY=1" in notices.recv(4096):
                        return
                self.check()
        raise Fault(f"the daemon is not ready after {timeout} s")
