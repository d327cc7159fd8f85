#!/usr/bin/env python3
"""A receiver of messages on loopback, for tests: writes each request as a line of JSON and answers as it is told.

receiver.py RECORD MODE[,MODE...] [--tls CERT KEY]: prints its port. The modes are used one after another, the last for ever:
200, 500, 429 (with Retry-After: 2), 400, hang, close, elsewhere (a redirect to another host), here (a redirect to itself),
feishu-ok, feishu-bad, ding-ok, ding-bad, and what RAW lists: answers that no server should give; syslog-udp, syslog-tcp and syslog-unix receive lines instead.
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


OK = b"HTTP/1.1 200 OK\r\n"

# What is sent at first, what is sent again and again, and seconds between.
RAW = {
    "endless-body": (OK + b"\r\n", b"x" * 65536, 0),
    "endless-500": (b"HTTP/1.1 500 Oh\r\n\r\n", b"x" * 65536, 0),
    "endless-headers": (OK, b"X-Rubbish: " + b"y" * 1000 + b"\r\n", 0),
    "endless-header": (OK + b"X-Rubbish: ", b"y" * 65536, 0),
    "endless-status": (b"HTTP/1.1 200 ", b"z" * 65536, 0),
    "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0),
    "drip": (OK + b"Content-Length: 1000\r\n\r\n", b"x", 1),
    "drip-headers": (OK + b"X-Slow: ", b"x", 1),
    "drip-nothing": (b"", b"H", 1),
    "drip-ding": (OK + b'Content-Length: 1000\r\n\r\n{"errcode":0', b" ", 1),
    "ding-drip": (OK + b'Content-Length: 1000\r\n\r\n{"errcode":0,"errmsg":"ok"}', b" ", 1),
    "chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\nZZZZ\r\nrubbish\r\n-1\r\n", None, 0),
    "long": (OK + b"Content-Length: 100000\r\n\r\nshort", None, 0),
    "short": (OK + b"Content-Length: 2\r\n\r\n" + b"long" * 1000, None, 0),
    "odd-length": (OK + b"Content-Length: 99999999999999999999999\r\n\r\nok", None, 0),
    "early": (OK, None, 0),
    "early-status": (b"HTTP/1.1 2", None, 0),
    "rubbish": (b"\x00\xff\xfe rubbish", b"\x00" * 1000, 0),
    "feishu-busy": (b'HTTP/1.1 400 Bad\r\nContent-Length: 48\r\n\r\n{"code":9499,"msg":"too many request","data":{}}', None, 0),
    "feishu-limited": (OK + b'Content-Length: 51\r\n\r\n{"code":11232,"data":{},"msg":"frequency limited "}', None, 0),
    "ding-busy": (OK + b'Content-Length: 62\r\n\r\n{"errcode":130101,"errmsg":"send too fast, exceed 20 times  "}', None, 0),
    "wecom-busy": (OK + b'Content-Length: 50\r\n\r\n{"errcode":45009,"errmsg":"api freq out of limit"}', None, 0),
}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def raw(self, first, again, pause):
        self.close_connection = True
        sent = len(first)
        try:
            self.wfile.write(first)
            while again:
                self.wfile.write(again)
                sent += len(again)
                time.sleep(pause)
        except OSError:
            pass
        note({"sent": sent})

    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        with lock:
            mode = modes.pop(0) if len(modes) > 1 else modes[0]
        note({"method": self.command, "path": self.path, "headers": dict(self.headers), "body": body, "mode": mode,
              "time": time.time()})
        if mode in RAW:
            self.raw(*RAW[mode])
            return
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
