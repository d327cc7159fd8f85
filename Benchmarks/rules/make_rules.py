#!/usr/bin/env python3
"""Writes N Sigma rules for AWS in the proportions in which published ones are written.

usage: make_rules.py N FILE [SEED]
Most name an action and its service; some list actions, look for a beginning or a part, or need a further field. One
action in ten is a common one, so that rules are called up and not only skipped.
"""
import random, sys, uuid

count, path = int(sys.argv[1]), sys.argv[2]
random.seed(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
VERBS = "Create Delete Update Put Attach Detach Enable Disable Modify Stop Start Register Authorize Revoke Reset".split()
NOUNS = ("Trail Bucket Policy Role User Key Group Function Cluster Snapshot Image Volume Stack Table Queue Topic Secret "
         "Parameter Domain Certificate Pipeline Project Repository Endpoint Gateway Route Subnet Flow Log Detector").split()
COMMON = "DescribeInstances GetObject ListBuckets AssumeRole GetCallerIdentity ConsoleLogin DescribeRegions Decrypt".split()
SERVICES = "iam s3 ec2 lambda cloudtrail kms sts rds eks guardduty".split()

def action():
    return random.choice(COMMON) if random.random() < 0.1 else random.choice(VERBS) + random.choice(NOUNS) + random.choice(["", "", "V2", "s"])

def selection():
    kind = random.random()
    source = f"    eventSource: {random.choice(SERVICES)}.amazonaws.com\n"
    if kind < 0.60: return source + f"    eventName: {action()}\n"
    if kind < 0.75: return source + "    eventName:\n" + "".join(f"      - {action()}\n" for _ in range(random.randint(2, 6)))
    if kind < 0.82: return f"    eventName|startswith: {random.choice(VERBS)}{random.choice(NOUNS)[:3]}\n    userIdentity.type: Root\n"
    if kind < 0.89: return source + f"    eventName: {action()}\n    requestParameters.{random.choice(NOUNS).lower()}Name|contains: '{random.choice(NOUNS)}'\n"
    if kind < 0.94: return f"    eventName: {action()}\n    errorCode|startswith: AccessDenied\n"
    if kind < 0.97: return f"    userAgent|contains: '{random.choice(NOUNS)}{random.randint(1, 999)}'\n"
    return f"    eventName: {action()}\n    sourceIPAddress|cidr: 10.{random.randint(0, 255)}.0.0/16\n"

with open(path, "w") as out:
    for number in range(count):
        has_filter = random.random() < 0.2
        text = f"title: Generated {number}\nid: {uuid.UUID(int=random.getrandbits(128), version=4)}\nstatus: test\nlevel: low\n"
        text += "logsource:\n  product: aws\n  service: cloudtrail\ndetection:\n  selection:\n" + selection()
        if has_filter: text += f"  filter:\n    userAgent|contains: 'Console{random.randint(1, 99)}'\n"
        text += "  condition: selection" + (" and not filter" if has_filter else "") + "\n---\n"
        out.write(text)
