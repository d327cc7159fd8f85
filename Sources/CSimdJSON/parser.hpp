// The state of one parser: the block in hand, where in the container it stands, and the values of the last record.
#pragma once

#include <vector>

#include "include/CSimdJSON.h"
#include "passage.hpp"
#include "plan.hpp"
#include "scan.hpp"
#include "script.hpp"
#include "tokens.hpp"

namespace harrier {

// JSON inside a string inside JSON ...: real logs nest it twice.
constexpr int kTextDepthMax = 4;
// A wrapper in an element, and one in that: an export of CloudWatch Logs with EventBridge events.
constexpr int kMarkWrappersMax = 2;
// RFC 7464 puts this byte in front of each record of a sequence.
constexpr uint8_t kRecordSeparator = 0x1E;
// An envelope inside an envelope: {"Response":{"Events":[...]}} is three deep, pages of records one more. The rest is
// for brackets that do not belong there.
constexpr size_t kFramesMax = 8;
constexpr uint32_t kDepthCeiling = 1024;
constexpr size_t kBlockBytesDefault = 320 * 1024;
constexpr uint8_t kNoEnvelope = 255;
constexpr uint8_t kUndecided = 254;
constexpr size_t kNoEnd = SIZE_MAX;
// A wrapper inside a wrapper inside ...: real logs nest two. Each level is walked twice, so the number is bounded.
constexpr int kWrappersMax = 8;
// Offsets count in 32 bits, and a block holds up to twice the longest record.
constexpr size_t kRecordBytesCeiling = size_t(256) << 20;
// What JSON found in strings may add up to in one record; beyond it no string is looked into.
constexpr size_t kSideBytesMax = size_t(1) << 30;
// Looking ahead behind something bad costs at most this much for each byte of content, plus a start: hostile input
// cannot make it quadratic. Counted from the beginning of the content, so that it does not depend on the blocks.
constexpr uint64_t kAheadPerByte = 16;
constexpr uint64_t kAheadFree = 1 << 20;
// What an internal step returns when there is nothing to report.
constexpr int32_t kGoOn = -1;
// More planned values than this in one record and the vectors that held them are given back after the block.
constexpr size_t kCapturesKept = 4096;

enum class Walk : uint8_t { ok, invalid, too_deep, envelope };

struct Capture {
  uint16_t slot;
  hj_value value;
  bool dead;
  bool wrapped;  // inside a wrapper: what stands around the event loses against the event's own
};

/// Where a planned key was met last, to notice it a second time in the same object.
struct Sighting {
  uint64_t object = 0;
  uint32_t first_capture = 0, end_capture = 0;
};

/// What the beginning of an object tells: an envelope, opened now; none; or that more has to be seen.
enum class Head : uint8_t { opened, plain, waits };
/// What a key says of the object that has it.
enum class Mark : uint8_t { none, event, wrapper };
enum class Frame : uint8_t { array, object };
enum class Expect : uint8_t { first, value, next };

}  // namespace harrier

struct hj_parser {
  hj_parser(const hj_plan *plan, uint32_t depth_max, size_t record_max);

  const hj_plan *plan;
  uint32_t depth_max;
  size_t record_max;

  // The block in hand.
  uint8_t *block = nullptr;
  size_t length = 0;
  uint8_t byte_before = '\n';  // in front of the block
  bool last = false;
  uint64_t base = 0;  // where in the content the block begins
  uint8_t saved[HJ_PADDING];
  harrier::Index index;
  harrier::Tokens tokens;
  uint32_t token = 0;
  bool careful = false;       // the block goes record by record
  size_t position = 0;        // in careful mode, and what is consumed at the end
  harrier::Passage passage;   // over something bad or too large
  bool is_passing = false;
  bool is_seeking = false;    // behind a bad element of an array, for the next good one
  bool is_in_front = false;   // of the first record, in a content that begins with other text
  bool seek_begun = false;    // some of what lies between is reported already
  bool seek_passes = false;   // the bad element itself begins here
  uint64_t seek_end = UINT64_MAX;  // where in the content the bad element ends, if it does
  uint8_t seek_before = 0, seek_before_that = 0;  // the last two bytes that are not blank
  harrier::Balance balance;     // of the bad object, among objects one after another
  uint64_t measured = 0;      // bytes looked at ahead for the end of a bad element
  uint64_t tried = 0;         // the same, in what turned out to be no record

  // Where in the container.
  harrier::Frame frames[harrier::kFramesMax];
  uint8_t frame_envelope[harrier::kFramesMax];
  size_t frame_count = 0;
  uint64_t closed = 0;          // containers that came to their end
  harrier::Expect expect = harrier::Expect::value;
  bool may_separate = false;    // outside any container: a comma may follow
  bool saw_zeros = false;       // zero bytes, which are padding if nothing follows
  uint64_t first_key_hash = 0;  // of the first good record: where to take up an array again
  uint64_t key_hash_in_hand = 0;
  bool reads_texts = false;     // some record was JSON text
  uint64_t bad_key_hash = 0;    // of the bad element: stands in while there is no good one

  // The record in hand.
  harrier::Index careful_index;
  std::vector<uint8_t> alone;  // one record by itself
  harrier::Index text_index[harrier::kTextDepthMax];
  std::vector<uint8_t> side;
  std::vector<harrier::Capture> captures;
  std::vector<hj_value> slots;
  std::vector<hj_value> more;
  std::vector<uint32_t> tails;  // by slot: its last value in `more`
  std::vector<uint8_t> texts[harrier::kTextDepthMax];
  std::vector<uint8_t> expected[harrier::kTextDepthMax + 1];  // of the containers around a place (hidden.cpp)
  // By node and way of writing. Inside a wrapper paths begin anew, so each level has its own.
  std::vector<harrier::Sighting> sightings[harrier::kWrappersMax + 1];
  std::vector<harrier::Script> scripts;  // by node
  std::vector<uint8_t> nesting;
  uint64_t object_serial = 0;
  uint32_t duplicates = 0;
  bool anchored = false;
  uint64_t present = 0;     // slots below 64 that have a value
  int text_depth = 0;
  // Its tokens, good while its block is.
  harrier::Tokens record_tokens;
  uint32_t record_from = 0, record_to = 0;

  // walk.cpp: the grammar, and the planned values
  harrier::Walk skip_value(const harrier::Tokens &t, uint32_t &i, uint32_t depth);
  harrier::Walk walk_value(const harrier::Tokens &t, uint32_t &i, uint32_t node, uint32_t depth);
  harrier::Walk walk_object(const harrier::Tokens &t, uint32_t &i, uint32_t node, uint32_t depth);
  harrier::Walk walk_array(const harrier::Tokens &t, uint32_t &i, uint32_t node, uint32_t depth);
  harrier::Walk walk_member(const harrier::Tokens &t, uint32_t &i, uint32_t node, uint64_t serial, uint32_t depth,
                            uint32_t &cursor);
  harrier::Walk walk_unscripted(const harrier::Tokens &t, uint32_t &i, uint32_t node, const uint8_t *key, size_t length,
                                uint64_t serial, uint32_t depth, uint32_t &cursor);
  harrier::Walk walk_matched(const harrier::Tokens &t, uint32_t &i, const harrier::Match &m, uint64_t serial,
                             uint32_t depth, bool is_flat, bool &is_repeated);
  bool open_text(const harrier::Tokens &t, uint32_t i, harrier::Tokens &inside, uint32_t &count);
  void walk_text(const harrier::Tokens &t, uint32_t i, uint32_t node, uint32_t depth);
  void note_event(uint32_t start, uint32_t end, uint8_t flags);
  void capture_members(const harrier::Tokens &t, uint32_t from, uint32_t to, uint32_t node, bool exact);
  void capture(const harrier::Tokens &t, uint32_t from, uint32_t to, uint32_t node, bool exact);
  void begin_record();
  bool end_record(const harrier::Tokens &t, uint32_t from, uint32_t to);
  bool record_is_compact() const;
  harrier::Walk walk_record(const harrier::Tokens &t, uint32_t &i, bool may_open, uint8_t &opened);
  uint8_t envelope_at(const harrier::Tokens &t, uint32_t i, size_t start);
  bool begins_text(const harrier::Tokens &t, uint32_t i, size_t start) const;
  bool hides_quote(const harrier::Tokens &t, uint32_t i) const;
  bool holds_records(const harrier::Tokens &t, uint32_t i, size_t start) const;
  uint64_t key_hash(const harrier::Tokens &t, uint32_t i) const;

  // marks.cpp: whether what stands where one event may stand is several
  harrier::Mark mark_of(const harrier::Tokens &t, uint32_t key) const;
  bool is_marked(const harrier::Tokens &t, uint32_t i, int room);
  bool text_is_marked(const harrier::Tokens &t, uint32_t i, int room);
  int count_marked(const harrier::Tokens &t, uint32_t i, size_t start, int enough);
  bool holds_marked(const harrier::Tokens &t, uint32_t i, size_t start);
  bool opens_lists(const uint8_t *key, size_t length) const;
  bool holds_several_texts(const harrier::Tokens &t, uint32_t end, uint32_t count);
  harrier::Head holds_marked_careful(size_t &i, size_t limit);
  harrier::Head list_is_marked(size_t &i, size_t limit);
  bool is_marked_alone(size_t from, size_t end);

  // hidden.cpp: whether what is no event hides some
  bool hides_events(const harrier::Tokens &t, uint32_t i, uint32_t to, uint8_t what);
  bool text_hides_events(const harrier::Tokens &t, uint32_t i, uint8_t what);

  bool inexact_path = false;
  bool is_wrapped = false;  // some value stands inside a wrapper
  int wrappers = 0;         // how many are open, flattened ones included
  int roots = 0;            // how many of them paths begin anew in
  bool has_several = false; // some wrapper's text holds more than one event
  bool has_event = false;   // the outermost wrapper's value
  uint32_t event_start = 0, event_end = 0;
  uint8_t event_flags = 0;

  // container.cpp: where records begin and end
  void feed(uint8_t *bytes, size_t size, bool is_last);
  int32_t next(hj_record *record);
  int32_t next_indexed(hj_record *record);
  int32_t read_indexed(hj_record *record);
  int32_t step_envelope(hj_record *record);
  harrier::Head opens_page(uint32_t i) const;
  bool read_text(const harrier::Tokens &t, uint32_t i);
  int32_t go_careful(hj_record *record, size_t from);
  bool incomplete(uint32_t i) const { return tokens.past_end(i) || tokens.past_end(i + 1); }
  /// Whether more of the content could change how the value at `from` is read.
  bool may_wait(size_t from) const { return !last && length - from <= record_max; }
  /// Where the look at the value at `from` ends: one byte shows that it is too large.
  size_t window(size_t from) const { return length - from > record_max ? from + record_max + 1 : length; }
  int32_t finish(size_t consumed);
  int32_t emit(hj_record *record, size_t start, size_t end);
  int32_t skip(hj_record *record, size_t start, size_t end, uint8_t reason, bool continued = false);
  void restore();

  // careful.cpp: a block that does not parse as a whole
  int32_t next_careful(hj_record *record);
  int32_t step_frame(hj_record *record);
  int32_t step_member(hj_record *record);
  int32_t step_outside(hj_record *record);
  harrier::Head opens_page_careful() const;
  harrier::Head open_candidate();
  bool head_is_anchored(size_t from, size_t key);
  int32_t read_candidate(hj_record *record);
  harrier::Head is_followed(size_t i) const;
  int32_t read_alone(size_t end, hj_record *record);
  uint8_t open_careful(size_t key, size_t limit, size_t &inside);
  harrier::Head array_holds_records(size_t i, size_t limit) const;
  bool parses_as_record(size_t from, size_t end);

  // resync.cpp: where reading goes on behind something bad or too large
  int32_t pass_over(hj_record *record, harrier::Over over, uint8_t reason);
  int32_t run_passage(hj_record *record);
  int32_t pass_bad(hj_record *record);
  int32_t pass_element(hj_record *record);
  bool take_bad_key(size_t from);
  bool measure_bad(size_t from, size_t &end, bool &waits);
  void restart();

  // seek.cpp: the next record behind something bad
  int32_t begin_seek(hj_record *record, size_t end = harrier::kNoEnd);
  void begin_in_text();
  int32_t seek(hj_record *record);
  int32_t resume(hj_record *record, size_t i);
  void pass_byte(uint8_t c);
  bool is_separated() const;
  harrier::Head begins_text_at(size_t i) const;
  harrier::Head resumes(size_t i);
  bool looks_alike(size_t from, size_t end);
  bool may_look_ahead(size_t from, uint64_t spent) const;
  bool begins_line(size_t i) const;

  int reread(uint8_t *json, size_t size, hj_record *record);
  void push_frame(harrier::Frame frame, uint8_t envelope, harrier::Expect then);
  void pop_frame();
  void open_envelope(uint8_t envelope, uint8_t bracket);
};
