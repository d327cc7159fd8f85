#!/usr/bin/env python3
"""Opens reports in Chromium as people do: looks, filters, zooms, uses the keyboard; nothing may be said on the console.

    Tests/Browser/check.py HARRIER [DIRECTORY FOR PICTURES]
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from browser import Browser

ROOT = pathlib.Path(__file__).resolve().parents[2]
BYTES_MAX = 15_000_000
INTERACTIVE_MS_MAX = 1000
HOSTILE = [
    "</script><script>document.title='broken'</script>", "<img src=x onerror=document.title='broken'>",
    "\"><svg onload=document.title='broken'>", "javascript:document.title='broken'", "{{7*7}}${7*7}", "<!--", "&lt;b&gt;",
    "\u202etxt.exe", "\u0000\u001b[2J", "]]>",
]
RULE = """title: Anything
id: 11111111-2222-4333-8444-555555555555
status: test
level: %s
tags: [attack.initial-access, attack.t1078]
logsource: {product: cloud}
detection: {s: {%s}, condition: s}
alert: {group-by: [event_id], gap: 0s}
"""

checks = failures = 0


def check(what, holds, detail=""):
    global checks, failures
    checks += 1
    if not holds:
        failures += 1
        print(f"FAILED {what} {detail}")


def event(number, name):
    return json.dumps({
        "eventVersion": "1.08", "userIdentity": {"type": "IAMUser", "userName": name, "accountId": "111122223333",
                                                 "principalId": name, "arn": f"arn:aws:iam::111122223333:user/{name}"},
        "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(1767571200 + number * 97)),
        "eventSource": "iam.amazonaws.com", "eventName": f"Get{name}", "awsRegion": "us-east-1",
        "sourceIPAddress": f"203.0.113.{number % 250}", "userAgent": name, "eventID": f"e-{number}-{name}",
        "requestParameters": {"userName": name}, "errorMessage": name, "recipientAccountId": "111122223333"})


def sweep(harrier, folder, name, *arguments):
    out = folder / name
    done = subprocess.run([harrier, "sweep", "--out", str(out), "-q", "--now", "2026-02-01", *map(str, arguments)],
                          stdout=subprocess.DEVNULL)
    assert done.returncode in (0, 3), done
    return out / "report.html"


def ready(browser):
    """Milliseconds from the beginning of the navigation until a filter answers."""
    browser.value("document.querySelector('.filters .chip').click()")
    return browser.value("performance.now()")


def rows(browser):
    return browser.value("document.querySelectorAll('.row').length")


def count(browser):
    return int(browser.value("document.querySelector('.filters .count').textContent.match(/[0-9,]+/)[0].replace(',', '')"))


def usual(browser, url, pictures):
    browser.open(url)
    total = count(browser)
    check("alerts are shown", total > 100 and rows(browser) > 5)
    check("something is selected at first", browser.value("document.querySelectorAll('.row[aria-selected=true]').length") == 1)
    for level in (0, 4):
        browser.value(f"document.querySelector('.chip[data-level=\"{level}\"]').click()")
    check("levels filter", 0 < count(browser) < total)
    browser.value("[...document.querySelectorAll('.filters button')].at(-1).click()")
    check("filters are cleared", count(browser) == total)
    browser.value("(() => { const box = document.querySelectorAll('.filters input')[1]; box.value = 'Break-glass signed';"
                  " box.dispatchEvent(new Event('input')); })()")
    check("words filter", 0 < count(browser) < 10)
    browser.value("[...document.querySelectorAll('.filters button')].at(-1).click()")
    browser.value("document.querySelector('.chip[data-provider]').click()")
    check("providers filter", 0 < count(browser) < total)
    browser.value("[...document.querySelectorAll('.filters button')].at(-1).click()")
    browser.value("(() => { const box = document.querySelector('.filters input.actor'); box.value = 'breakglass';"
                  " box.dispatchEvent(new Event('input')); })()")
    check("actors filter", 0 < count(browser) < 20)
    browser.value("[...document.querySelectorAll('.filters button')].at(-1).click()")
    zoom(browser, total)
    keyboard(browser)
    pages(browser)
    languages(browser)


def zoom(browser, total):
    browser.value("document.querySelector('.timeline').scrollIntoView({ block: 'center' })")
    left, top, width, height = browser.box(".timeline")
    browser.click(left + width * 0.4, top + 60, to=(left + width * 0.6, top + 60))
    near = count(browser)
    check("dragging zooms", 0 < near < total, near)
    browser.click(left + width * 0.5, top + 60, count=2)
    check("a double click shows everything", count(browser) == total)
    browser.value("document.querySelector('.timeline').focus()")
    browser.key("+", "+")
    check("a key zooms", 0 < count(browser) < total)
    browser.key("ArrowLeft")
    browser.key("0", "0")
    check("a key shows everything", count(browser) == total)
    left, top, width, height = browser.box(".hit.critical")
    browser.click(left + width / 2, top + height / 2)
    check("a mark opens its alert", browser.value("location.hash").startswith("#/alert/"))


def keyboard(browser):
    browser.value("document.querySelector('[data-mode=alert]').click(); document.querySelector('.rows').focus()")
    browser.key("Home")
    first = browser.value("location.hash")
    browser.key("ArrowDown")
    check("arrows move through the list", browser.value("location.hash") not in ("", first))
    browser.key("End")
    time.sleep(0.3)
    check("the end of the list is reached", browser.value("document.querySelector('.rows').scrollTop") > 0)
    active = browser.value("document.querySelector('.rows').getAttribute('aria-activedescendant')")
    check("the active row is named", browser.value(f"document.getElementById('{active}')?.getAttribute('aria-selected')") == "true")
    address = browser.value("location.href")
    browser.open(address.split("#")[0])
    order = []
    for _ in range(12):
        browser.key("Tab")
        order.append(browser.value("document.activeElement.tagName + '.' + document.activeElement.className"))
    check("the tab key goes from one thing to another", len(set(order)) > 3 and order[0].startswith("A.skip"), order)


def pages(browser):
    for kind in ("actors", "addresses"):
        browser.value(f"document.querySelector('.bars[data-list={kind}] a').click()")
        time.sleep(0.1)
        name = browser.value(f"document.querySelector('.bars[data-list={kind}] a').textContent")
        check(f"a page of {kind}", browser.value("document.querySelector('.detail h3').textContent") == name)
    browser.value("document.querySelector('.story a').click()")
    time.sleep(0.1)
    check("a page of an incident", browser.value("location.hash").startswith("#/incident/"))
    browser.value("document.querySelector('.detail .linked a').click()")
    time.sleep(0.1)
    check("evidence", browser.value("document.querySelectorAll('.detail tbody tr').length") > 0)
    check("no object as text", not browser.value("document.body.innerText.includes('[object')"))
    browser.value("location.hash = '#/alert/%E0%A4%A'")
    browser.value("location.hash = '#/actor/__proto__'")
    time.sleep(0.1)


def languages(browser):
    nameless = browser.value(
        "[...document.querySelectorAll('button, input, [role=img], [role=listbox], [tabindex=\"0\"]')].filter(e =>"
        " !(e.textContent.trim() || e.getAttribute('aria-label') || e.getAttribute('aria-labelledby'))).length")
    check("everything that can be used has a name", nameless == 0, nameless)
    check("one first heading", browser.value("document.querySelectorAll('h1').length") == 1)


def main():
    harrier = str(pathlib.Path(sys.argv[1]).resolve())
    os.chdir(ROOT)
    pictures = pathlib.Path(sys.argv[2]) if len(sys.argv) > 2 else None
    folder = pathlib.Path(tempfile.mkdtemp())
    browser = Browser()
    try:
        report = sweep(harrier, folder, "usual", "fixtures/archive")
        usual(browser, f"file://{report}", pictures)
        chinese = sweep(harrier, folder, "zh", "fixtures/archive", "--lang", "zh", "--tz", "+08:00")
        browser.open(f"file://{chinese}")
        in_chinese(browser, chinese)
        bare(browser, report)
        hostile(browser, harrier, folder)
        places(browser, harrier, folder)
        large(browser, harrier, folder)
        empty(browser, harrier, folder)
        if pictures:
            take_pictures(browser, report, chinese, pictures)
        for trouble in browser.troubles:
            check("silence", False, trouble)
    finally:
        browser.close()
        shutil.rmtree(folder)
    print(f"{checks} checks, {failures} failed")
    sys.exit(1 if failures else 0)


def in_chinese(browser, report):
    """The page, and each of its alerts and some of their actors: no run of four English words outside of code."""
    check("Chinese", "时间线" in browser.value("document.body.innerText") and count_text(browser))
    check("language", browser.value("document.documentElement.lang") == "zh-CN")
    alerts = json.loads(browser.value("JSON.stringify(JSON.parse(document.getElementById('data').textContent))"))
    check("nothing to be told in English", not any(alert[27] for alert in alerts["a"]))
    pages = [""] + [f"#/alert/{alert[0]}" for alert in alerts["a"]]
    pages += [f"#/actor/{alerts['s'][alert[14]]}" for alert in alerts["a"][:5]]
    left = set()
    for page in pages:
        browser.value(f"location.hash = {json.dumps(page)}; 1")
        text = browser.value(
            "(() => { const copy = document.body.cloneNode(true);"
            " for (const node of copy.querySelectorAll('script, style, code')) node.remove(); return copy.textContent })()")
        for run in re.findall(r"(?:\b[A-Za-z][a-z'’]* ){3,}[A-Za-z]+", text):
            left.add(run)
    check("no English sentence is left", not left, sorted(left)[:5])
    browser.value("location.hash = ''; 1")


def count_text(browser):
    return "条告警" in browser.value("document.querySelector('.filters .count').textContent")


def bare(browser, report):
    browser.open(f"file://{report}", script=False)
    browser.call("Emulation.setScriptExecutionDisabled", value=False)
    check("without a script there are alerts", browser.value(
        "getComputedStyle(document.getElementById('alerts')).display !== 'none' && document.querySelectorAll('article.alert').length") > 100)
    browser.open(f"file://{report}", print_media=True)
    check("the print has the alerts and no controls", browser.value(
        "getComputedStyle(document.getElementById('alerts')).display !== 'none' &&"
        " getComputedStyle(document.getElementById('explorer')).display === 'none'"))


def hostile(browser, harrier, folder):
    (folder / "hostile.json").write_text("\n".join(event(n, name) for n, name in enumerate(HOSTILE)) + "\n")
    (folder / "rule.yml").write_text(RULE % ("high", "event_id: '*'"))
    report = sweep(harrier, folder, "hostile", folder / "hostile.json", "--no-builtin", "--rules", folder / "rule.yml")
    browser.open(f"file://{report}")
    check("hostile texts are alerts", count(browser) == len(HOSTILE), count(browser))
    browser.value("document.querySelector('[data-mode=alert]').click()")
    for n in range(len(HOSTILE)):
        browser.value(f"document.querySelectorAll('.row')[{n}].click()")
        time.sleep(0.05)
    check("hostile texts stay texts", browser.value("document.title").startswith("Harrier"))
    hidden = browser.value(
        "(() => { const all = document.documentElement.cloneNode(true); for (const s of all.querySelectorAll('script')) s.remove();"
        " return (all.outerHTML.match(/[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u200b-\\u200f\\u2028-\\u202e\\u2066-\\u2069]/g) || []).length; })()")
    check("what hides or turns text is spelled out", hidden == 0, hidden)
    check("no markup of theirs", browser.value("document.querySelectorAll('img, body script').length") == 2)


def places(browser, harrier, folder):
    """Where addresses are, and a window that is narrow."""
    address = "89.160.20.129"
    (folder / "places.json").write_text(event(7, "ann").replace("203.0.113.7", address) + "\n")
    (folder / "rule.yml").write_text(RULE % ("high", "event_id: '*'"))
    (folder / "places.yaml").write_text(f"geoip: {{city: {ROOT}/fixtures/mmdb/GeoLite2-City-Test.mmdb}}\n")
    report = sweep(harrier, folder, "places", folder / "places.json", "--no-builtin", "--rules", folder / "rule.yml",
                   "--config", folder / "places.yaml")
    browser.open(f"file://{report}", width=400, height=900)
    list_height, row_height = browser.box(".rows")[3], browser.box(".row")[3]
    check("a narrow list is as high as its rows", row_height <= list_height <= row_height + 4, (list_height, row_height))
    check("nothing is wider than a narrow window", browser.value("document.documentElement.scrollWidth") == 400)
    browser.value("document.querySelector('[data-mode=alert]').click()")
    browser.value("document.querySelector('.row').click()")
    time.sleep(0.1)
    check("an address is somewhere", f"{address} SE" in browser.value("document.querySelector('.detail').innerText"),
          browser.value("document.querySelector('.detail').innerText"))
    browser.value(f"location.hash = '#/address/{address}'")
    time.sleep(0.1)
    check("the page of an address says where it is", browser.value(
        "[...document.querySelectorAll('.detail .meta')].some(p => p.textContent === 'SE')"))


def large(browser, harrier, folder):
    with open(folder / "large.json", "w") as file:
        for number in range(10_500):
            file.write(event(number, f"person-{number % 700}") + "\n")
    (folder / "rule.yml").write_text(RULE % ("medium", "event_id: '*'"))
    report = sweep(harrier, folder, "large", folder / "large.json", "--no-builtin", "--rules", folder / "rule.yml")
    size = report.stat().st_size
    check("10,000 alerts fit", size <= BYTES_MAX, size)
    times = []
    for _ in range(3):
        browser.open(f"file://{report}")
        times.append(ready(browser))
    check("10,000 alerts are interactive at once", min(times) <= INTERACTIVE_MS_MAX, times)
    browser.value("document.querySelectorAll('.chip')[0].click()")
    took = browser.value("(() => { const t = performance.now(); const box = document.querySelectorAll('.filters input')[1];"
                         " box.value = 'person-77'; box.dispatchEvent(new Event('input')); return performance.now() - t; })()")
    check("a search among 10,000 answers", took < 300, took)
    print(f"10,000 alerts: {size / 1e6:.1f} MB, interactive after {min(times):.0f} ms, first search {took:.0f} ms")


def empty(browser, harrier, folder):
    (folder / "empty.json").write_text(event(1, "x") + "\n")
    (folder / "rule.yml").write_text(RULE % ("medium", "event_id: nothing"))
    report = sweep(harrier, folder, "empty", folder / "empty.json", "--no-builtin", "--rules", folder / "rule.yml")
    browser.open(f"file://{report}")
    check("without alerts the page says so", "No alerts" in browser.value("document.body.innerText"))


def take_pictures(browser, report, chinese, pictures):
    pictures.mkdir(parents=True, exist_ok=True)
    looks = {"light": {}, "dark": {"dark": True}, "narrow": {"width": 420, "height": 860}, "print": {"print_media": True, "width": 800}}
    for name, look in looks.items():
        browser.open(f"file://{report}", **look)
        browser.screenshot(pictures / f"{name}.png", full=True)
    browser.open(f"file://{chinese}")
    browser.screenshot(pictures / "chinese.png", full=True)


main()
