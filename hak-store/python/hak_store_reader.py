#!/usr/bin/env python3
"""Reads an object store of HAK as docs/STORE_LAYOUT.md describes it; standard library only.

    with Store("/dev/shm/models") as store:
        for entry in store.list():
            print(entry.ref, entry.name, entry.size)
        data = store.read("weights")        # or store.read("@10000a"); checked, some tenths of a second for each MB
        entry = store.find("weights")
        with store.view(entry) as view:     # a memoryview of the store itself: not copied, not checked
            use(view)
        assert store.is_unchanged(entry)    # else what was read may be another object's

The store may be in use: nothing is locked and nothing is written, so an object is copied, and the copy is taken only if
the object's state word is the same afterwards and the checksum is right. Who uses a view, or reads without the checksum,
asks afterwards.
"""

import mmap
import os
import struct
import sys
from typing import Iterator, NamedTuple

MAGIC, BYTE_ORDER, VERSION = b"HAKSTOR3", 0x01020304, 7
HEADER_BYTES, STATIC_BYTES, COPY, CHANGES, COMMITTED, ROWS = 4096, 76, 2048, 576, 584, 1688
SLOT_BITS, NEXT = 20, 48
WAITS_BYTES, PROCESS_BYTES, SLOT_BYTES, EXTENT_BYTES = 64 * 64, 64, 64, 32 + 8
NAME_ROW_BYTES, NAME, MAX_NAME_BYTES, ATTEMPTS = 128, 4, 120, 100
METADATA_ROW_BYTES, MAX_METADATA_BYTES = 264, 256
SEALED, ALL_BUT_GENERATION = 0x38E << 54 | 2, 0x3FF << 54 | 0x7FF  # of a state word
MOVING, CODE = 0x0B7 << 54 | 5, 0x3FF << 54 | 7  # sealed too, but its place may change meanwhile


class StoreError(Exception):
    """The file is no store, is damaged, or has no such object."""


class Entry(NamedTuple):
    """A sealed object, as it was when it was looked at."""

    ref: str
    name: str
    size: int
    created_millis: int
    slot: int
    word: int  # the slot's state word
    offset: int
    checksum: int
    generation: int
    name_bytes: bytes
    metadata_bytes: bytes  # its type, 4 bytes, and the bytes behind it; empty where nothing was said

    @property
    def type(self):
        return struct.unpack_from("=i", self.metadata_bytes)[0] if self.metadata_bytes else 0

    @property
    def metadata(self):
        return self.metadata_bytes[4:]


_TABLE = []
for _n in range(256):
    for _ in range(8):
        _n = _n >> 1 ^ (0x82F63B78 if _n & 1 else 0)
    _TABLE.append(_n)


def crc32c(data, crc=0):
    """CRC32C of bytes that follow those which gave `crc`."""
    crc ^= 0xFFFFFFFF
    for byte in data:
        crc = _TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


def _align(number, to):
    return -(-number // to) * to


def _free_rows_bytes(rows):
    """The bits of so many rows: levels of words, each with a bit for a word of the one below."""
    words = _align(rows, 64) // 64
    return 8 * words + (_free_rows_bytes(words) if words > 1 else 0)


class Store:
    """A store, mapped read-only."""

    def __init__(self, path):
        self.path = path
        with open(path, "rb") as file:
            if os.fstat(file.fileno()).st_size < HEADER_BYTES:
                raise StoreError(f"{path} is not an object store: it is shorter than a header")
            self._map = mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ)
        self._read_header()

    def _read_header(self):
        upper = self._map[:STATIC_BYTES]
        if upper[:8] == MAGIC[::-1]:
            raise StoreError(f"{self.path} was written by a machine of the other byte order")
        if upper[:8] != MAGIC or struct.unpack_from("=i", upper, 8)[0] != BYTE_ORDER:
            raise StoreError(f"{self.path} is not an object store")
        fields = struct.unpack_from("=iiiqqiiqqqI", upper, 12)
        version, self.object_limit, processes, _, _, _, unit, _, self._data, _, crc = fields
        if version != VERSION:
            raise StoreError(f"{self.path} is an object store of version {version}, not {VERSION}")
        if crc32c(upper[: STATIC_BYTES - 4]) != crc or unit not in (64 << n for n in range(7)):
            raise StoreError(f"the header of {self.path} is damaged")
        buckets = max(16, 1 << (2 * self.object_limit - 1).bit_length() - 1)
        self._buckets, self._mask = HEADER_BYTES + WAITS_BYTES + processes * PROCESS_BYTES, buckets - 1
        pins = _align(self._buckets + buckets * 4, 64)
        self._slots = pins + processes * _align(4 * self.object_limit, 64)
        self._names = self._slots + self.object_limit * SLOT_BYTES
        extents = 2 * (self.object_limit + 1)
        self._metadata = self._names + self.object_limit * NAME_ROW_BYTES + extents * EXTENT_BYTES
        tables = self._metadata + self.object_limit * METADATA_ROW_BYTES
        tables += _free_rows_bytes(self.object_limit) + _free_rows_bytes(extents)
        if self._data != _align(tables, 4096):
            raise StoreError(f"the header of {self.path} is damaged: its numbers contradict each other")
        if len(self._map) < self._data + self._long(COMMITTED):
            raise StoreError(f"{self.path} was truncated to {len(self._map)} bytes")

    def _long(self, offset):
        return struct.unpack_from("=q", self._map, offset)[0]

    def _rows(self):
        """Slots that have rows: to read the others would put memory behind them."""
        rows, complement = struct.unpack_from("=ii", self._map, ROWS)
        return rows if complement == ~rows and 0 <= rows <= self.object_limit else self.object_limit

    def _int(self, offset):
        return struct.unpack_from("=i", self._map, offset)[0]

    def _word(self, slot):
        return self._long(self._slots + slot * SLOT_BYTES)

    def _entry(self, slot):
        """The sealed object in a slot, or None; read again if it changed meanwhile."""
        for _ in range(ATTEMPTS):
            fields = struct.unpack_from("=qqqIiqiiiiq", self._map, self._slots + slot * SLOT_BYTES)
            word, offset, size, crc, _, _, _, _, _, lengths, created = fields
            if word & ALL_BUT_GENERATION != SEALED and word & CODE != MOVING:
                return None
            name_at = self._names + slot * NAME_ROW_BYTES + NAME
            name = self._map[name_at : name_at + min(lengths & 0xFF, MAX_NAME_BYTES)]
            row, said = self._metadata + slot * METADATA_ROW_BYTES, lengths >> 8 & 0x1FF
            metadata = self._map[row : row + 3 + said] if 0 < said <= MAX_METADATA_BYTES + 1 else b""
            generation = word >> 11 & (1 << 43) - 1
            ref, text = f"@{generation << 20 | slot:x}", name.decode("utf-8", "replace")
            if self._word(slot) == word:
                return Entry(ref, text, size, created, slot, word, offset, crc, generation, name, metadata)
        raise StoreError(f"slot {slot} does not stand still")

    def list(self) -> Iterator[Entry]:
        """The sealed objects, in the order of their slots."""
        return (entry for slot in range(self._rows()) if (entry := self._entry(slot)))

    def find(self, ref_or_name) -> Entry:
        """The sealed object of a ref, which begins with '@', or of a name."""
        entry = self._by_ref(ref_or_name) if ref_or_name.startswith("@") else self._by_name(ref_or_name)
        if entry is None:
            raise StoreError(f"there is no sealed object {ref_or_name}")
        return entry

    def _by_ref(self, ref):
        try:
            slot = int(ref[1:], 16) & (1 << SLOT_BITS) - 1
        except ValueError:
            return None
        entry = self._entry(slot) if slot < self._rows() else None
        return entry if entry and entry.ref == ref else None

    def _by_name(self, name):
        """Walks the chain of the name's hash; again if the chains changed meanwhile."""
        name_bytes = name.encode("utf-8")
        hashed = 0x811C9DC5
        for byte in name_bytes:
            hashed = (hashed ^ byte) * 0x01000193 & 0xFFFFFFFF
        bucket = self._buckets + 4 * ((hashed ^ hashed >> 15) & self._mask)
        for _ in range(ATTEMPTS):
            changes, slot = self._int(CHANGES), self._int(bucket) - 1
            for _ in range(self._rows()):
                if not 0 <= slot < self.object_limit:
                    break
                entry = self._entry(slot)
                if entry and entry.name_bytes == name_bytes:
                    return entry
                slot = self._int(self._slots + slot * SLOT_BYTES + NEXT)
            if changes & 1 == 0 and self._int(CHANGES) == changes:
                return None
        # A change was left unfinished, and there may be nobody to finish it.
        return next((entry for entry in self.list() if entry.name_bytes == name_bytes), None)

    def read(self, ref_or_name, check=True) -> bytes:
        """The bytes of a sealed object, its checksum verified unless that is declined."""
        for _ in range(ATTEMPTS):
            entry = self.find(ref_or_name)
            data = self.copy(entry, check)
            if data is not None:
                return data
        raise StoreError(f"{ref_or_name} does not stand still")

    def view(self, entry) -> memoryview:
        """The bytes of a listed object in place; they are the object's as long as is_unchanged says so."""
        place = self._place(entry)
        if place is None:
            raise StoreError(f"{entry.ref} is damaged: its data is not in the file")
        return memoryview(self._map)[place]

    def is_unchanged(self, entry) -> bool:
        """Whether a listed object is still there, where it was."""
        moved = self._long(self._slots + entry.slot * SLOT_BYTES + 8) != entry.offset
        return self._word(entry.slot) == entry.word and not moved and entry.word & CODE != MOVING

    def _place(self, entry):
        """Where the data is in the file, None if that cannot be."""
        inside = entry.size >= 0 and 0 <= entry.offset <= self._long(COMMITTED) - entry.size
        start = self._data + entry.offset
        end = start + entry.size
        # Beyond the end of a file that was cut off meanwhile, the mapping would kill the process.
        return slice(start, end) if inside and end <= min(len(self._map), self._map.size()) else None

    def copy(self, entry, check=True):
        """The bytes of a listed object; None if it was deleted or moved meanwhile."""
        place = self._place(entry)
        data = None if place is None else self._map[place]
        if not self.is_unchanged(entry):
            return None
        if data is None:
            raise StoreError(f"{entry.ref} is damaged: its data is not in the file")
        tail = struct.pack("=qq", entry.size, entry.generation) + entry.name_bytes + entry.metadata_bytes
        if check and crc32c(tail, crc32c(data)) != entry.checksum:
            raise StoreError(f"{entry.ref} is damaged: its checksum is wrong")
        return data

    def verify(self):
        """Yields what is wrong with the header and the sealed objects, a line each."""
        if self._map[:STATIC_BYTES] != self._map[COPY : COPY + STATIC_BYTES]:
            yield "the header and its copy differ"
        for slot in range(self._rows()):
            try:
                entry = self._entry(slot)
                if entry:
                    self.copy(entry)
            except StoreError as error:
                yield str(error)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._map.close()


def main(arguments):
    """Exit code 0: fine, 1: no such object or damaged, 2: bad arguments."""
    command = "".join(arguments[1:2]) or "ls"
    if command not in ("ls", "get", "verify") or len(arguments) not in ((3,) if command == "get" else (1, 2)):
        print("usage: hak_store_reader.py PATH [ls | get REF|NAME | verify]", file=sys.stderr)
        return 2
    try:
        with Store(arguments[0]) as store:
            if command == "get":
                sys.stdout.buffer.write(store.read(arguments[2]))
            elif command == "ls":
                for entry in store.list():
                    name = "".join(c if c.isprintable() else "?" for c in entry.name)
                    print(entry.ref, entry.size, name, sep="\t")
            else:
                findings = list(store.verify())
                print("\n".join(findings or ["clean"]))
                return 1 if findings else 0
    except (StoreError, OSError) as error:
        print(f"hak_store_reader: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
