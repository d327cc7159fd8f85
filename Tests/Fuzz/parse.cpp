// Feeds arbitrary bytes to the parser, once as one block and once cut into many, and compares.
//
// What must hold for any input: both ways give the same records, values and skips; every byte belongs to at most one
// of them, in order; what is given as a record is JSON to another parser too; a block larger than the limit on
// records makes progress; nothing behind the block is changed for good. The sanitizers watch the rest.
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "CSimdJSON.h"

namespace {

// The first bytes of an input choose the limits and the cuts; the rest is the content.
constexpr size_t kHeaderBytes = 4;
constexpr uint32_t kDepths[] = {128, 4, 9};
constexpr size_t kRecordLimits[] = {4 << 20, 20, 64, 150};

const char *const kPaths[] = {"eventName", "userIdentity.type", "a", "a.b", "a.b.c", "eventID", "eventId", "event.x"};
const char *const kAnchor = "awsRegion";
const char *const kEnvelopes[] = {"Records", "Events", "hits"};
const char *const kWrappingEnvelopes[] = {"Response", "hits"};
const char *const kMarkedEnvelopes[] = {"data", "items"};
const char *const kWrappers[] = {"event", "CloudTrailEvent", "detail", "data"};

const uint8_t *bytes_of(const char *text) { return reinterpret_cast<const uint8_t *>(text); }

hj_plan *make_plan() {
  hj_plan *plan = hj_plan_new();
  uint16_t slot = 0;
  for (const char *path : kPaths) hj_plan_add(plan, bytes_of(path), strlen(path), slot++, 0);
  hj_plan_add(plan, bytes_of(kAnchor), strlen(kAnchor), slot, 1);
  for (const char *key : kEnvelopes) hj_plan_envelope(plan, bytes_of(key), strlen(key), 0);
  for (const char *key : kWrappingEnvelopes) hj_plan_envelope(plan, bytes_of(key), strlen(key), 1);
  for (const char *key : kMarkedEnvelopes) hj_plan_envelope(plan, bytes_of(key), strlen(key), HJ_HOLDS_MARKED);
  for (const char *key : kWrappers) hj_plan_wrapper(plan, bytes_of(key), strlen(key), strcmp(key, "event") == 0);
  hj_plan_seal(plan);
  return plan;
}

[[noreturn]] void fail(const char *what) {
  fprintf(stderr, "FAILED: %s\n", what);
  abort();
}

struct Item {
  int32_t status;
  size_t start, end;
  std::string told;  // reason, or shape and values

  bool operator==(const Item &other) const {
    return status == other.status && start == other.start && end == other.end && told == other.told;
  }
};

struct Reading {
  std::vector<Item> items;
  int at_rest = 0;
};

std::string values_of(const hj_parser *parser, const hj_plan *plan, const uint8_t *block, const hj_record &record) {
  std::string told = std::to_string(record.shape) + "/" + std::to_string(record.envelope) + "/" +
                     std::to_string(record.duplicates);
  const hj_value *values = hj_values(parser), *more = hj_more(parser);
  for (uint32_t slot = 0; slot < hj_plan_slots(plan); slot++) {
    hj_value value = values[slot];
    if (value.kind == HJ_MISSING) continue;
    for (;;) {
      const uint8_t *base = value.flags & HJ_SIDE ? hj_side(parser) : block;
      told += " " + std::to_string(slot) + ":" + std::to_string(value.kind) + "," + std::to_string(value.flags) + "," +
              std::to_string(value.rank) + "=" +
              std::string(reinterpret_cast<const char *>(base) + value.start, value.length);
      if (value.kind == HJ_STRING) {
        std::vector<uint8_t> plain(value.length + 1);
        if (hj_unescape(base + value.start, value.length, plain.data()) > value.length) fail("an unescaped text grew");
      }
      if (value.next == 0) break;
      value = more[value.next - 1];
    }
  }
  return told;
}

void check_record(const uint8_t *json, size_t length) {
  const bool is_object = json[0] == '{' && json[length - 1] == '}';
  const bool is_text = length > 3 && json[0] == '"' && json[1] == '{' && json[length - 1] == '"';
  if (!is_object && !is_text) fail("a record is neither an object nor the text of one");
  static simdjson::dom::parser parser;
  simdjson::error_code error = parser.parse(json, length, true).error();
  // It also reads numbers and pairs surrogates, which a record need not survive.
  if (error && error != simdjson::NUMBER_ERROR && error != simdjson::STRING_ERROR) fail("a record is no JSON");
}

/// What the structural index says of white space is what a reader of bytes finds.
void check_compact(const hj_parser *parser, const uint8_t *block, const hj_record &record) {
  const bool is_compact = hj_is_compact(parser, &record);
  const uint8_t *base = record.event_flags & HJ_SIDE ? hj_side(parser) : block;
  const size_t length = record.event_end - record.event_start;
  std::vector<uint8_t> out(length);
  const bool keeps_all = hj_compact(base + record.event_start, length, out.data()) == length;
  const bool is_record = record.event_flags == 0 && record.event_start == record.start && record.event_end == record.end;
  if (is_compact ? !keeps_all : is_record && keeps_all) fail("white space between tokens");
}

void note(Reading &reading, Item item, bool continued) {
  if (continued) {
    if (reading.items.empty()) fail("a skip continues nothing");
    Item &before = reading.items.back();
    if (before.status != HJ_SKIPPED || before.end != item.start || before.told != item.told)
      fail("a skip does not continue the one before");
    before.end = item.end;
  } else {
    reading.items.push_back(std::move(item));
  }
}

uint32_t next_random(uint32_t &state) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return state;
}

/// Feeds the content in pieces of at most `piece_max` bytes (0: all at once).
Reading read(hj_parser *parser, const hj_plan *plan, const uint8_t *content, size_t length, size_t piece_max,
             uint32_t seed, size_t record_max) {
  Reading reading;
  std::vector<uint8_t> carry;
  size_t taken = 0, base = 0;
  uint32_t random = seed | 1;
  hj_begin(parser);
  for (bool last = false; !last;) {
    size_t piece = piece_max == 0 ? length : next_random(random) % piece_max + 1;
    piece = piece < length - taken ? piece : length - taken;
    // The end may be known with the last byte, or only afterwards.
    last = piece_max == 0 || (taken + piece == length && (piece == 0 || seed % 2 == 0));
    carry.insert(carry.end(), content + taken, content + taken + piece);
    taken += piece;
    const size_t size = carry.size();
    // A buffer of its own size, so that the sanitizer sees a byte too far; what follows is the caller's.
    std::vector<uint8_t> block(size + HJ_PADDING);
    if (size > 0) memcpy(block.data(), carry.data(), size);
    for (int i = 0; i < HJ_PADDING; i++) block[size + i] = "\"{}[]:,\\x"[next_random(random) % 9];
    std::vector<uint8_t> behind(block.begin() + ptrdiff_t(size), block.end());
    hj_feed(parser, block.data(), size, last);
    size_t position = 0;
    for (;;) {
      hj_record record;
      int32_t status = hj_next(parser, &record);
      if (status == HJ_END) break;
      if (status != HJ_RECORD && status != HJ_SKIPPED) fail("an unknown status");
      if (record.start < position || record.end < record.start || record.end > size) fail("ranges out of order");
      position = record.end;
      Item item{status, base + record.start, base + record.end, std::to_string(record.reason)};
      if (status == HJ_RECORD) {
        if (record.end - record.start > record_max) fail("a record above the limit");
        item.told = values_of(parser, plan, block.data(), record);
        check_record(content + item.start, item.end - item.start);
        check_compact(parser, block.data(), record);
      }
      note(reading, std::move(item), status == HJ_SKIPPED && record.continued);
    }
    size_t consumed = hj_consumed(parser);
    if (consumed < position || consumed > size) fail("consumed out of range");
    if (last && consumed != size) fail("the last block is not used up");
    if (!last && consumed == 0 && size > record_max + 3) fail("no progress");
    if (memcmp(behind.data(), block.data() + size, HJ_PADDING) != 0) fail("the bytes behind the block were changed");
    carry.erase(carry.begin(), carry.begin() + ptrdiff_t(consumed));
    base += consumed;
  }
  reading.at_rest = hj_at_rest(parser);
  return reading;
}

void print(const char *name, const Reading &reading) {
  fprintf(stderr, "%s (at rest: %d)\n", name, reading.at_rest);
  for (const Item &item : reading.items) {
    fprintf(stderr, "  %s %zu-%zu %s\n", item.status == HJ_RECORD ? "record" : "skip  ", item.start, item.end,
            item.told.c_str());
  }
}

/// Each record on its own gives the same values again, and so does its compact form.
void check_reread(hj_parser *parser, const Reading &reading, const uint8_t *content) {
  for (const Item &item : reading.items) {
    if (item.status != HJ_RECORD) continue;
    const size_t length = item.end - item.start;
    std::vector<uint8_t> json(length + HJ_PADDING, '}');
    memcpy(json.data(), content + item.start, length);
    hj_record record;
    if (!hj_reread(parser, json.data(), length, &record)) fail("a record cannot be read again");
    std::vector<uint8_t> compact(length + HJ_PADDING, ']');
    size_t size = hj_compact(content + item.start, length, compact.data());
    if (size > length || !hj_reread(parser, compact.data(), size, &record)) fail("a compact record cannot be read");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *input, size_t size) {
  if (size < kHeaderBytes) return 0;
  static hj_plan *plan = make_plan();
  const uint32_t depth_max = kDepths[input[0] % std::size(kDepths)];
  const size_t record_max = kRecordLimits[input[1] % std::size(kRecordLimits)];
  const size_t piece_max = input[2] % 4 == 0 ? 1 + input[2] / 4 : size_t(8) + input[2] * 4;
  const uint8_t *content = input + kHeaderBytes;
  const size_t length = size - kHeaderBytes;

  // Kept to the end, since a parser is made for many files: it must forget the one before.
  static auto &parsers = *new std::map<std::pair<uint32_t, size_t>, hj_parser *>;
  hj_parser *&parser = parsers[{depth_max, record_max}];
  if (!parser) parser = hj_parser_new(plan, depth_max, record_max);
  Reading whole = read(parser, plan, content, length, 0, input[3], record_max);
  Reading split = read(parser, plan, content, length, piece_max, input[3] + 1u, record_max);
  if (whole.items != split.items || whole.at_rest != split.at_rest) {
    print("whole", whole);
    print("split", split);
    fail("the cuts change what is read");
  }
  check_reread(parser, whole, content);
  std::vector<uint8_t> any(content, content + length);
  any.resize(length + HJ_PADDING, '"');
  hj_record record;
  hj_reread(parser, any.data(), length, &record);
  std::vector<uint8_t> out(length + 1);
  if (hj_unescape(content, length, out.data()) > length || hj_compact(content, length, out.data()) > length)
    fail("a text grew");
  hj_shrink(parser);
  return 0;
}
