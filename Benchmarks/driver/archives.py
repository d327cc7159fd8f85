"""The archives the cases read. Each is made once, in a cache outside the tree, and reused while its options are equal.

`harrier generate` writes the archives of the ordinary shape; the odd ones (one huge file, very many tiny ones) are cut
from them here, so that the same records are read in another shape.
"""

import gzip
import json
import os
import shutil
import struct
import subprocess
import zlib
from dataclasses import dataclass, replace
from pathlib import Path

from driver.measuring import BenchmarkError

# What stays free on the disk, whatever is made.
RESERVE_BYTES = 1 << 30
# Generous: 1,450 bytes an event compressed a little less than 5 : 1.
ARCHIVE_BYTES_PER_EVENT = 320
# A tiny file takes one block of the file system.
BLOCK_BYTES = 4096
EVENTS_PER_TINY_FILE = 5
# What one folder of an archive holds in practice.
FILES_PER_FOLDER = 1000


@dataclass
class Archive:
    """What a case reads, and how much that is."""

    path: Path
    files: int
    packed_bytes: int
    made_by: str = "given"
    # How many events every contender must find; 0 where only they can tell.
    events: int = 0


class Archives:
    def __init__(self, root, harrier, progress):
        self.root, self.harrier, self.progress = root, harrier, progress

    def generated(self, events, files):
        def make(folder):
            self.progress(f"generating {events:,} events in {files:,} files")
            subprocess.run(
                [self.harrier, "generate", "--out", folder, "--events", str(events), "--files", str(files),
                 "--seed", "1", "--provider", "aws"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
            keep_only_logs(folder)

        name = f"aws-{events}-events-{files}-files-seed-1"
        return replace(self.made(name, events * ARCHIVE_BYTES_PER_EVENT, make), events=events)

    def single_file(self, unpacked_bytes, source):
        def make(folder):
            self.progress(f"writing one file of {unpacked_bytes:,} unpacked bytes")
            write_single_file(folder / "single.json.gz", unpacked_bytes, source.path)

        return self.made(f"single-{unpacked_bytes}-bytes", unpacked_bytes // 4, make)

    def tiny_files(self, files, source):
        def make(folder):
            self.progress(f"writing {files:,} files of {EVENTS_PER_TINY_FILE} events")
            write_tiny_files(folder, files, source.path)

        archive = self.made(f"tiny-{files}-files", files * BLOCK_BYTES, make)
        return replace(archive, events=files * EVENTS_PER_TINY_FILE)

    def made(self, name, needed_bytes, make):
        """Made beside its final place and renamed when complete: an interrupted run leaves nothing that looks whole."""
        final, note = self.root / name, self.root / f"{name}.made-by"
        if not final.exists():
            self.require_space(needed_bytes)
            part = self.root / f"{name}.part"
            shutil.rmtree(part, ignore_errors=True)
            part.mkdir(parents=True)
            make(part)
            note.write_text(version_of(self.harrier))
            part.rename(final)
        made_by = note.read_text() if note.exists() else "unknown"
        if made_by != version_of(self.harrier):
            self.progress(f"note: {final} was made by {made_by}; delete it to have it made again")
        return weighed(final, made_by)

    def require_space(self, needed_bytes):
        self.root.mkdir(parents=True, exist_ok=True)
        free = shutil.disk_usage(self.root).free
        if free < needed_bytes + RESERVE_BYTES:
            raise BenchmarkError(
                f"{self.root}: {free / 1e9:.1f} GB free, {(needed_bytes + RESERVE_BYTES) / 1e9:.1f} GB wanted; "
                "free some, set HARRIER_BENCH_CACHE to another disk, or use a smaller --scale")


def version_of(harrier):
    run = subprocess.run([harrier, "--version"], capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return run.stdout.strip() or "unknown"


def keep_only_logs(folder):
    """Some contenders read whatever lies in a folder: the generator's list of planted incidents must not lie there."""
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".gz":
            path.unlink()


def weighed(path, made_by="given"):
    """Counts the archive and reads it once, so that every contender finds it in the page cache."""
    files = packed = 0
    for folder, _, names in os.walk(path):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                while part := file.read(1 << 20):
                    packed += len(part)
            files += 1
    if files == 0:
        raise BenchmarkError(f"{path}: no files")
    return Archive(path, files, packed, made_by)


def record_texts(archive):
    """For each file, in path order, what stands between the brackets of `{"Records":[...]}`."""
    for path in sorted(archive.rglob("*.gz")):
        text = gzip.decompress(path.read_bytes()).strip()
        begin, end = text.find(b"["), text.rfind(b"]")
        if not text.startswith(b"{") or begin < 0:
            raise BenchmarkError(f"{path}: not of the form {{\"Records\":[...]}}")
        records = text[begin + 1:end].strip()
        if records:
            yield path, records


def write_single_file(target, unpacked_bytes, source):
    """One gzip member, as a logger would have written it: the source's records over and over until the size is reached.

    Each file's records are deflated once and end on a full flush, so that the bytes can be repeated; only the checksum
    is computed over everything.
    """
    deflated = {}
    with open(target, "wb") as file:
        file.write(b"\x1f\x8b\x08\0\0\0\0\0\0\xff")
        writer = RawDeflate(file)
        writer.write(b'{"Records":[')
        separator = b""
        while writer.length < unpacked_bytes:
            for path, records in record_texts(source):
                text = separator + records
                writer.write_cached(text, deflated, path if separator else None)
                separator = b","
                if writer.length >= unpacked_bytes:
                    break
        writer.write(b"]}")
        file.write(zlib.compressobj(6, zlib.DEFLATED, -15).flush(zlib.Z_FINISH))
        file.write(struct.pack("<II", writer.checksum, writer.length & 0xFFFFFFFF))


class RawDeflate:
    """Deflate streams that can follow each other within one member, and what the trailer must say of them."""

    def __init__(self, file):
        self.file, self.checksum, self.length = file, 0, 0

    def write(self, text):
        self.write_cached(text, {}, None)

    def write_cached(self, text, cache, key):
        packed = cache.get(key)
        if packed is None:
            compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
            packed = compressor.compress(text) + compressor.flush(zlib.Z_FULL_FLUSH)
            if key is not None:
                cache[key] = packed
        self.file.write(packed)
        self.checksum = zlib.crc32(text, self.checksum)
        self.length += len(text)


def write_tiny_files(folder, files, source):
    number = 0
    for _, records in record_texts(source):
        events = json.loads(b"[" + records + b"]")
        for at in range(0, len(events) - EVENTS_PER_TINY_FILE + 1, EVENTS_PER_TINY_FILE):
            if number == files:
                return
            document = {"Records": events[at:at + EVENTS_PER_TINY_FILE]}
            text = json.dumps(document, separators=(",", ":"), ensure_ascii=False)
            target = folder / f"{number // FILES_PER_FOLDER:04d}" / f"{number:06d}.json.gz"
            target.parent.mkdir(exist_ok=True)
            # No time of writing: equal options give equal bytes.
            target.write_bytes(gzip.compress(text.encode(), 6, mtime=0))
            number += 1
    if number < files:
        raise BenchmarkError(f"{source}: holds records for {number:,} files of {EVENTS_PER_TINY_FILE}, not {files:,}")
