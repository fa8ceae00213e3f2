"""A mail server and a receiver of webhooks on this machine, which keep what they are sent."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class MailSink:
    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    to: list[str] = field(default_factory=list)


@dataclass
class HookSink:
    url: str = ""
    answers: int = 204
    """The status it answers with."""
    calls: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    sink = MailSink()

    class Talk(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 here")
            while line := self.rfile.readline():
                verb = line[:4].upper()
                if verb == b"DATA":
                    self.say("354 go on")
                    self.keep()
                elif verb == b"RCPT":
                    sink.to.append(line.split(b"<")[1].split(b">")[0].decode())
                if verb == b"QUIT":
                    return self.say("221 bye")
                self.say("250 fine")
            return None

        def keep(self) -> None:
            lines = iter(self.rfile.readline, b".\r\n")
            sink.mails.append(message_from_bytes(b"".join(lines), policy=policy.default))

        def say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    with socketserver.TCPServer(("127.0.0.1", 0), Talk) as server, _serving(server):
        sink.port = server.server_address[1]
        yield sink


@contextmanager
def hook_sink() -> Iterator[HookSink]:
    sink = HookSink()

    class Talk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            sink.calls.append((dict(self.headers), body))
            self.send_response(sink.answers)
            if sink.answers // 100 == 3:
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Talk) as server, _serving(server):
        sink.url = f"http://127.0.0.1:{server.server_port}/hook"
        yield sink
