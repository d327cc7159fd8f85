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
    "\u202etxt.exe", "\u0000\u001b[2J", "]]>", "=cmd|' /C calc'!A0", "line\nbreak\r\n# heading", "w" * 10_000, "宽" * 3_000, "\ud800 alone", "＝1",
]
# Telephones, a page that is enlarged four times, tablets, desks.
WIDTHS = (320, 375, 768, 1280)
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
        (folder / "bad.yml").write_text("title: Ours\n---\n" + RULE % ("high", "event_id|startwith: x") + "---\n- a\n")
        chinese = sweep(harrier, folder, "zh", "fixtures/archive", folder / "gone.json", "--lang", "zh", "--tz", "+08:00",
                        "--rules", folder / "bad.yml")
        browser.open(f"file://{chinese}")
        in_chinese(browser, chinese)
        for what, page in (("English", report), ("Chinese", chinese)):
            fits(browser, page, what)
            prints(browser, page, what)
        details(browser, report)
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
    lines = browser.value("[...document.querySelectorAll('#completeness li')].map(li => li.textContent).join('\\n')")
    check("what was left out has its kind in Chinese", all(word in lines for word in ("未知的修饰符", "缺少必需的属性", "没有此文件"))
          and "startwith" in lines, lines)
    browser.value("location.hash = ''; 1")


def count_text(browser):
    return "条告警" in browser.value("document.querySelector('.filters .count').textContent")


def fits(browser, report, what):
    """No width makes the page scroll sideways, with and without a script."""
    for width in WIDTHS:
        for script in (True, False):
            browser.open(f"file://{report}", width=width, height=800, script=script)
            browser.call("Emulation.setScriptExecutionDisabled", value=False)
            wide = browser.value("document.documentElement.scrollWidth")
            check(f"{what}: nothing is wider than {width}, script {script}", wide <= width, (wide, browser.value(WIDEST)))


# The elements that reach furthest to the right, for whoever mends them.
WIDEST = """[...document.body.querySelectorAll('*')].filter(e => !e.closest('.scroll, .skip, .sr'))
  .map(e => [Math.round(e.getBoundingClientRect().right), e.tagName + '.' + (e.className.baseVal ?? e.className)])
  .sort((a, b) => b[0] - a[0]).slice(0, 3).join(' ')"""


def details(browser, report):
    """Whatever is clicked, its details are seen, and a keyboard goes on from there."""
    in_sight = """(() => { const { top, bottom } = document.querySelector('.detail h3').getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight; })()"""
    for width in (375, 768, 1280):
        browser.open(f"file://{report}", width=width, height=800)
        for kind in ("actors", "addresses"):
            for place in (0, -1):
                browser.value("scrollTo(0, 0)")
                link = f"[...document.querySelectorAll('.bars[data-list={kind}] a')].at({place})"
                left, top = browser.value(
                    f"(() => {{ const a = {link}; a.scrollIntoView({{ block: 'end' }}); const b = a.getBoundingClientRect();"
                    " return [b.left + 4, b.top + b.height / 2]; })()")
                name = browser.value(f"{link}.textContent")
                browser.click(left, top)
                time.sleep(0.1)
                check(f"the page of {kind} {place} at {width} is in sight, from below",
                      browser.value("document.querySelector('.detail h3').textContent") == name and browser.value(in_sight),
                      (name, browser.box(".detail h3")))
        # From the end of a long page of details, which is part of the document in narrow windows.
        browser.value("[...document.querySelectorAll('.detail .linked a')].at(-1).scrollIntoView({ block: 'center' })")
        left, top = browser.value("(() => { const b = [...document.querySelectorAll('.detail .linked a')].at(-1)"
                                  ".getBoundingClientRect(); return [b.left + 4, b.top + b.height / 2]; })()")
        browser.click(left, top)
        time.sleep(0.1)
        check(f"an alert at {width} is in sight, from the end of a page of details",
              browser.value("location.hash").startswith("#/alert/") and browser.value(in_sight), browser.box(".detail h3"))
        browser.value("document.querySelector('.bars[data-list=actors] a').focus()")
        browser.key("Enter", "\r")
        time.sleep(0.1)
        check(f"a keyboard goes on in the details at {width}",
              browser.value("document.activeElement.closest('.detail') !== null && document.activeElement.tagName") == "H3",
              browser.value("document.activeElement.outerHTML.slice(0, 200)"))
        browser.value("document.querySelector('[data-mode=alert]').click(); document.querySelector('.rows').focus();"
                      "document.querySelector('.rows').scrollIntoView({ block: 'center' })")
        for key in ("Home", "ArrowDown", "ArrowDown"):
            browser.key(key)
        time.sleep(0.1)
        check(f"arrows leave the list in sight at {width}", browser.value(
            "(() => { const box = document.querySelector('.rows').getBoundingClientRect();"
            " return document.activeElement.className === 'rows' && box.bottom > 0 && box.top < innerHeight; })()"))
        browser.key("Enter", "\r")
        time.sleep(0.1)
        check(f"the enter key goes to the details at {width}", browser.value(in_sight) and browser.value(
            "document.activeElement.tagName") == "H3", browser.value("document.activeElement.outerHTML.slice(0, 200)"))


def prints(browser, report, what):
    """On paper nothing is cut off at the right, and there are pages."""
    browser.open(f"file://{report}", print_media=True, width=680)
    wide = browser.value("document.documentElement.scrollWidth")
    check(f"{what}: nothing is wider than paper", wide <= 680, (wide, browser.value(WIDEST)))
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        browser.pdf(file.name)
        text = pathlib.Path(file.name).read_bytes()
        check(f"{what}: a document of pages", text.startswith(b"%PDF") and text.count(b"/Type /Page\n") + text.count(b"/Type/Page") > 0)


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
    fits(browser, report, "hostile texts")
    browser.open(f"file://{report}")
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
    looks = {"light": {}, "dark": {"dark": True}, "print": {"print_media": True, "width": 800}, "bare": {"script": False}}
    looks |= {f"{width}": {"width": width, "height": 860} for width in WIDTHS}
    for language, page in (("english", report), ("chinese", chinese)):
        for name, look in looks.items():
            browser.open(f"file://{page}", **look)
            browser.screenshot(pictures / f"{language}-{name}.png", full=True)
            browser.call("Emulation.setScriptExecutionDisabled", value=False)
        browser.open(f"file://{page}")
        browser.pdf(pictures / f"{language}.pdf")


main()
