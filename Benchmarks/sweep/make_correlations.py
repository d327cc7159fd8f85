#!/usr/bin/env python3
"""Writes 30 Sigma correlations and one of each type of Harrier's own, over a few rules, to a file.

usage: make_correlations.py FILE
"""

import sys
import uuid

BASES = {
    "denied": "outcome: [denied, failure]",
    "signin": "action: [ConsoleLogin, GetSessionToken, GetFederationToken]",
    "identity": "action: ['Create*User*', 'Attach*Policy', 'Put*Policy', CreateAccessKey, CreateRole, 'Delete*']",
    "assume": "action: [AssumeRole, AssumeRoleWithSAML, AssumeRoleWithWebIdentity]",
    "change": "rw: write",
}
OWN = {
    "first_seen": "field: src_network\n  learning: 7d",
    "rare": "field: user_agent_family\n  fewer-than: 2\n  learning: 7d",
    "rate": "timespan: 1h\n  condition: {ratio: 5, floor: 50}\n  learning: 7d",
    "travel": "field: src_ip",
    "dormant": "timespan: 20d",
    "overlap": "field: src_network\n  timespan: 1h",
    "outside_hours": 'hours: "07:00-20:00"\n  days: mon-fri',
    "gap": "timespan: 12h\n  learning: 7d",
    "after": "dates: {alice: 2026-01-20}",
    "never_used": "timespan: 7d",
    "unmatched": "timespan: 1h",
    "overstay": "timespan: 12h",
    "same_actor": "field: actor\n  timespan: 1d",
}
PAIRS = {"never_used", "unmatched", "overstay", "same_actor"}


def identity(name):
    return uuid.uuid5(uuid.NAMESPACE_URL, "harrier-benchmark/" + name)


def correlation(name, kind, rules, group, rest):
    return (
        f"---\ntitle: {name}\nid: {identity(name)}\nlevel: low\ncorrelation:\n  type: {kind}\n"
        f"  rules: [{', '.join(rules)}]\n  group-by: [{group}]\n  {rest}\n"
    )


def main(path):
    out = []
    for name, test in BASES.items():
        out.append(
            f"---\ntitle: Base {name}\nid: {identity(name)}\nname: {name}\nlogsource: {{product: cloud}}\n"
            f"detection: {{calls: {{{test}}}, condition: calls}}\nlevel: informational\n"
        )
    groups = ["account, actor", "account, src_ip", "actor_key"]
    for number, base in enumerate(BASES):
        group = groups[number % len(groups)]
        for kind, rest in [
            ("event_count", "timespan: 10m\n  condition: {gte: 200}"),
            ("event_count", "timespan: 1d\n  condition: {gt: 3000}"),
            ("value_count", "timespan: 1h\n  condition: {field: action, gte: 25}"),
            ("value_count", "timespan: 1d\n  condition: {field: region, gte: 9}"),
        ]:
            out.append(correlation(f"{base} {kind} {len(out)}", kind, [base], group, rest))
    for number, (first, second) in enumerate(
        [("denied", "identity"), ("signin", "identity"), ("assume", "denied"), ("signin", "change"), ("denied", "assume")]
    ):
        for kind in ("temporal", "temporal_ordered"):
            out.append(correlation(f"{kind} {number}", kind, [first, second], groups[0], "timespan: 15m"))
    for kind, rest in OWN.items():
        rules = ["signin", "identity"] if kind in PAIRS else ["identity"]
        group = "actor" if kind == "after" else "account, region" if kind == "gap" else groups[0]
        if kind == "same_actor":
            group = "account"
        out.append(correlation(f"own {kind}", kind, rules, group, rest))
    with open(path, "w", encoding="utf-8") as file:
        file.write("".join(out))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
