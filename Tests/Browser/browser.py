"""Drives Chromium through its debugging pipe, with nothing but Python: one page at a time, its console under watch."""
import base64
import json
import os
import subprocess
import tempfile
import time


class Browser:
    def __init__(self, binary="chromium"):
        self.profile = tempfile.TemporaryDirectory()
        to_read, self.write_end = os.pipe()
        self.read_end, from_write = os.pipe()

        def place():
            # Chromium reads commands from 3 and writes answers to 4.
            os.dup2(to_read, 13), os.dup2(from_write, 14)
            os.dup2(13, 3), os.dup2(14, 4)

        self.process = subprocess.Popen(
            [binary, "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run",
             "--disable-dev-shm-usage", "--disable-background-networking", "--remote-debugging-pipe",
             f"--user-data-dir={self.profile.name}", "about:blank"],
            preexec_fn=place, close_fds=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_read), os.close(from_write)
        self.number = 0
        self.buffer = b""
        self.troubles = []
        target = next(t for t in self.call("Target.getTargets")["targetInfos"] if t["type"] == "page")
        self.session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        for domain in ["Page", "Runtime", "Log", "Network", "Audits"]:
            self.call(f"{domain}.enable")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.profile.cleanup()

    # Messages

    def call(self, method, **params):
        self.number += 1
        message = {"id": self.number, "method": method, "params": params}
        if getattr(self, "session", None):
            message["sessionId"] = self.session
        os.write(self.write_end, json.dumps(message).encode() + b"\0")
        while True:
            answer = self.take()
            if answer.get("id") == self.number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]

    def take(self):
        while b"\0" not in self.buffer:
            piece = os.read(self.read_end, 1 << 20)
            if not piece:
                raise RuntimeError("the browser has gone")
            self.buffer += piece
        text, self.buffer = self.buffer.split(b"\0", 1)
        message = json.loads(text)
        self.watch(message.get("method"), message.get("params", {}))
        return message

    def watch(self, method, params):
        """Errors of the console, of the policy, and any request at all."""
        if method == "Runtime.exceptionThrown":
            details = params["exceptionDetails"]
            self.troubles.append("exception: " + details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled" and params["type"] in ("error", "warning", "assert"):
            self.troubles.append("console: " + json.dumps(params["args"])[:400])
        elif method == "Log.entryAdded" and params["entry"]["level"] in ("error", "warning"):
            self.troubles.append("log: " + params["entry"]["text"])
        elif method == "Audits.issueAdded" and params["issue"]["code"] == "ContentSecurityPolicyIssue":
            self.troubles.append("policy: " + json.dumps(params["issue"]["details"])[:400])
        elif method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith(("file:", "data:", "about:")):
                self.troubles.append("request: " + url)

    # What a person does

    def open(self, url, width=1400, height=900, dark=False, script=True, print_media=False):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self.call(
            "Emulation.setEmulatedMedia", media="print" if print_media else "",
            features=[{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=url)
        limit = time.time() + 30
        while time.time() < limit:
            if self.take().get("method") == "Page.loadEventFired" and self.value("location.href") != "about:blank":
                return
        raise RuntimeError("the page does not load")

    def value(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def click(self, x, y, to=None, count=1):
        self.call("Input.dispatchMouseEvent", type="mousePressed", x=x, y=y, button="left", clickCount=count)
        if to:
            for step in range(1, 5):
                self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x + (to[0] - x) * step / 4,
                          y=y + (to[1] - y) * step / 4, button="left", buttons=1)
            x, y = to
        self.call("Input.dispatchMouseEvent", type="mouseReleased", x=x, y=y, button="left", clickCount=count)

    def key(self, key, text=None):
        extra = {"text": text} if text else {}
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, code=key, **extra)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key, code=key)

    def box(self, selector):
        return self.value(
            "(() => { const b = document.querySelector(%s).getBoundingClientRect();"
            " return [b.left, b.top, b.width, b.height]; })()" % json.dumps(selector))

    def screenshot(self, path, full=False):
        params = {"format": "png", "captureBeyondViewport": full}
        if full:
            size = self.call("Page.getLayoutMetrics")["cssContentSize"]
            params["clip"] = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.captureScreenshot", **params)["data"]))

    def pdf(self, path):
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.call("Page.printToPDF", printBackground=False)["data"]))
