#!/usr/bin/env python3
"""A receiver of messages on loopback, for tests: writes each request as a line of JSON and answers as it is told.

receiver.py RECORD MODE[,MODE...] [--tls CERT KEY]: prints its port. The modes are used one after another, the last for ever:
200, 500, 429 (with Retry-After: 2), 400, hang, close, elsewhere (a redirect to another host), here (a redirect to itself),
feishu-ok, feishu-bad, ding-ok, ding-bad; syslog-udp, syslog-tcp and syslog-unix receive lines instead.
"""
import http.server
import json
import os
import socket
import ssl
import sys
import threading
import time

record, modes = sys.argv[1], sys.argv[2].split(",")
lock = threading.Lock()


def note(entry):
    with lock, open(record, "a") as out:
        out.write(json.dumps(entry) + "\n")


def ready(port):
    print(port, flush=True)
    # Nobody is left behind when a test ends.
    threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        with lock:
            mode = modes.pop(0) if len(modes) > 1 else modes[0]
        note({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body, "mode": mode,
              "time": time.time()})
        if mode == "hang":
            time.sleep(60)
        if mode == "close":
            self.connection.close()
            return
        status, text, headers = 200, "ok", {}
        if mode.isdigit():
            status = int(mode)
        if mode == "429":
            headers["Retry-After"] = "2"
        if mode == "elsewhere":
            status, headers = 307, {"Location": "http://other.example.invalid/stolen"}
        if mode == "metadata":
            status, headers = 307, {"Location": "http://169.254.169.254/latest"}
        if mode == "here":
            status, headers = 307, {"Location": "/moved"}
        if mode == "moved":
            status, headers = 302, {"Location": "/page"}
        if mode == "feishu-ok":
            text = '{"code":0,"msg":"success"}'
        if mode == "feishu-bad":
            text = '{"code":19021,"msg":"sign match fail"}'
        if mode == "ding-ok":
            text = '{"errcode":0,"errmsg":"ok"}'
        if mode == "ding-bad":
            text = '{"errcode":310000,"errmsg":"keywords not in content"}'
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_POST = answer


def udp():
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.bind(("127.0.0.1", 0))
    ready(receiver.getsockname()[1])
    while True:
        note({"line": receiver.recv(65535).decode()})


def unix(path):
    receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    receiver.bind(path)
    ready(0)
    while True:
        note({"line": receiver.recv(65535).decode()})


def tcp():
    receiver = socket.create_server(("127.0.0.1", 0))
    ready(receiver.getsockname()[1])
    while True:
        connection, _ = receiver.accept()
        data = b""
        while piece := connection.recv(65536):
            data += piece
        connection.close()
        note({"line": data.decode()})


if modes[0] == "syslog-udp":
    udp()
elif modes[0] == "syslog-tcp":
    tcp()
elif modes[0] == "syslog-unix":
    unix(sys.argv[3])
else:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    if "--tls" in sys.argv:
        at = sys.argv.index("--tls")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[at + 1], sys.argv[at + 2])
        server.socket = context.wrap_socket(server.socket, server_side=True)
    ready(server.server_address[1])
    server.serve_forever()
