// Where records begin and end: arrays, envelopes, objects one after another, from block to block.
//
// A block ends anywhere, often inside a string. simdjson's streaming mode tolerates that, but it would also search
// backwards for the last whole document, which inside one large array means the whole block. A few bytes behind the
// block end that search at once, whether or not they fall into an open string:
//
//     block outside a string:  ...}  "" 1 2" 3 4     tokens: "" 1 2   (the open string is dropped)
//     block inside a string:   ..."ab "" 1 2" 3 4    tokens: "ab " " 1 2" 3 4
//
// They hold no bracket, comma or colon, so nothing incomplete is ever completed by them.
#include "parser.hpp"

using namespace harrier;

namespace {

constexpr uint8_t kSentinel[] = " \"\" 1 2\" 3 4";
constexpr size_t kSentinelBytes = sizeof kSentinel - 1;
static_assert(kSentinelBytes <= HJ_PADDING, "the sentinel lies in the padding");

/// The length without the beginning of a character whose rest is still to come.
size_t whole_characters(const uint8_t *bytes, size_t length) {
  for (size_t back = 1; back <= 3 && back <= length; back++) {
    uint8_t c = bytes[length - back];
    if (c < 0x80) return length;
    if (c >= 0xC0) {
      size_t wants = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
      return wants > back ? length - back : length;
    }
  }
  return length;
}

}  // namespace

hj_parser::hj_parser(const hj_plan *plan, uint32_t depth_max)
    : plan(plan), depth_max(depth_max < kDepthCeiling ? depth_max : kDepthCeiling) {
  nesting.resize(this->depth_max + 1);
  slots.resize(plan->slots);
  tails.resize(plan->slots);
  sightings.resize(plan->nodes.size());
  scripts.resize(plan->nodes.size());
}

void hj_parser::restore() {
  if (block) memcpy(block + length, saved, HJ_PADDING);
  block = nullptr;
}

void hj_parser::feed(uint8_t *bytes, size_t size, bool is_last) {
  block = bytes;
  last = is_last;
  length = is_last ? size : whole_characters(bytes, size);
  memcpy(saved, bytes + length, HJ_PADDING);
  memset(bytes + length, 0, HJ_PADDING);
  memcpy(bytes + length, kSentinel, kSentinelBytes);
  // A byte order mark is white space here.
  if (at_start && length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) memset(bytes, ' ', 3);
  at_start = false;
  position = 0;
  token = 0;
  resync_budget = 32 * length + 4096;
  is_seeking = seeks_next;
  seeks_next = false;
  careful = is_passing || is_seeking;
  if (careful || length == 0) return;
  simdjson::error_code error;
  careful = !index.build(bytes, length + kSentinelBytes, simdjson::stage1_mode::streaming_partial, error);
  tokens = {bytes, index.at(), length, 0, 0};
}

int32_t hj_parser::finish(size_t consumed) {
  position = consumed;
  restore();
  return HJ_END;
}

int32_t hj_parser::emit(hj_record *record, size_t start, size_t end) {
  *record = {};
  record->start = uint32_t(start);
  record->end = uint32_t(end);
  record->duplicates = duplicates;
  record->event_start = has_event ? event_start : record->start;
  record->event_end = has_event ? event_end : record->end;
  record->event_flags = has_event ? event_flags : 0;
  record->envelope = kNoEnvelope;
  record->shape = HJ_SHAPE_LINES;
  for (size_t f = 0; f < frame_count; f++) {
    if (frame_envelope[f] != kNoEnvelope) record->envelope = frame_envelope[f];
    record->shape = record->envelope == kNoEnvelope ? HJ_SHAPE_ARRAY : HJ_SHAPE_ENVELOPE;
  }
  expect = frame_count == 0 ? Expect::value : Expect::next;
  if (first_key_hash == 0) first_key_hash = key_hash_in_hand;
  return HJ_RECORD;
}

int32_t hj_parser::skip(hj_record *record, size_t start, size_t end, uint8_t reason) {
  *record = {};
  record->start = uint32_t(start);
  record->end = uint32_t(end);
  record->reason = reason;
  record->continued = is_continued;
  is_continued = false;
  return HJ_SKIPPED;
}

void hj_parser::push_frame(Frame frame, uint8_t envelope, Expect then) {
  frames[frame_count] = frame;
  frame_envelope[frame_count] = envelope;
  frame_count++;
  expect = then;
}

int32_t hj_parser::next(hj_record *record) {
  if (length == 0) return finish(0);
  return careful ? next_careful(record) : next_indexed(record);
}

int32_t hj_parser::next_indexed(hj_record *record) {
  for (;;) {
    if (tokens.past_end(token)) return finish(length);
    uint8_t c = tokens.first(token);
    if (frame_count > 0 && frames[frame_count - 1] == Frame::object) {
      int32_t status;
      if (step_envelope(status)) return status == HJ_SKIPPED ? next_careful(record) : status;
      continue;
    }
    if (frame_count > 0) {
      if (c == ']' && expect != Expect::value) {
        frame_count--;
        expect = frame_count == 0 ? Expect::value : Expect::next;
        token++;
        continue;
      }
      if (expect == Expect::next) {
        if (c != ',') break;
        expect = Expect::value;
        token++;
        continue;
      }
    }
    if (c == '[' && frame_count == 0) {
      push_frame(Frame::array, kNoEnvelope, Expect::first);
      token++;
      continue;
    }
    if (c != '{' && frame_count == 0) break;
    int32_t status = read_indexed(record);
    if (status != HJ_OVERFLOW) return status;
    if (careful) return next_careful(record);
  }
  careful = true;
  position = tokens.at[token];
  return next_careful(record);
}

/// The value at `token`: a record, an envelope that opens (HJ_OVERFLOW: go on), or something that is neither.
int32_t hj_parser::read_indexed(hj_record *record) {
  size_t start = tokens.at[token];
  uint32_t i = token;
  uint8_t opened = kNoEnvelope;
  bool is_object = tokens.first(token) == '{';
  Walk walk = is_object ? walk_record(tokens, i, frame_count + 2 <= kFramesMax, opened) : skip_value(tokens, i, 1);
  if (walk == Walk::envelope) {
    push_frame(Frame::object, opened, Expect::next);
    bool wraps = plan->envelopes[opened].wraps;
    push_frame(wraps ? Frame::object : Frame::array, opened, Expect::first);
    token = i + 3;
    return HJ_OVERFLOW;
  }
  bool is_bracketed = is_object || tokens.first(token) == '[';
  bool complete = walk == Walk::ok && (is_bracketed ? tokens.at[i - 1] < length : last || !tokens.past_end(i));
  if (complete && !is_object) {
    size_t end = is_bracketed ? tokens.at[i - 1] + 1 : tokens.at[i];
    token = i;
    expect = Expect::next;
    return skip(record, start, end < length ? end : length, HJ_NOT_OBJECT);
  }
  if (complete && end_record(tokens, start, tokens.at[i - 1] + 1)) {
    token = i;
    return emit(record, start, tokens.at[i - 1] + 1);
  }
  if (!complete && walk != Walk::too_deep && !last && incomplete(i)) return finish(start);
  careful = true;
  position = start;
  return HJ_OVERFLOW;
}

/// The rest of an envelope behind or around its array. True with a status: the block ends, or care is needed.
bool hj_parser::step_envelope(int32_t &status) {
  uint32_t i = token;
  uint8_t c = tokens.first(i);
  if (c == '}' && expect != Expect::value) {
    frame_count--;
    expect = frame_count == 0 ? Expect::value : Expect::next;
    token++;
    return false;
  }
  if (expect == Expect::next) {
    if (c == ',') {
      expect = Expect::value;
      token++;
      return false;
    }
  } else if (c == '"' && tokens.first(i + 1) == ':') {
    uint8_t opened = frame_count < kFramesMax ? envelope_at(tokens, i) : kNoEnvelope;
    if (opened != kNoEnvelope) {
      expect = Expect::next;
      push_frame(plan->envelopes[opened].wraps ? Frame::object : Frame::array, opened, Expect::first);
      token = i + 3;
      return false;
    }
    uint32_t value = i + 2;
    Walk walk = skip_value(tokens, value, 1);
    if (walk == Walk::ok && !tokens.past_end(value)) {
      expect = Expect::next;
      token = value;
      return false;
    }
    i = value;
  } else if (c == '"') {
    i++;
  }
  if (!last && incomplete(i)) {
    status = finish(tokens.at[token]);
    return true;
  }
  careful = true;
  position = tokens.at[token];
  status = HJ_SKIPPED;
  return true;
}

extern "C" {

hj_parser *hj_parser_new(const hj_plan *plan, uint32_t depth_max) try {
  return new hj_parser(plan, depth_max);
} catch (const std::bad_alloc &) {
  return nullptr;
}

void hj_parser_free(hj_parser *parser) { delete parser; }

void hj_begin(hj_parser *parser) {
  parser->frame_count = 0;
  parser->at_start = true;
  parser->expect = Expect::value;
  parser->first_key_hash = 0;
  parser->is_passing = parser->passage_begun = false;
  parser->is_seeking = parser->seeks_next = parser->is_continued = false;
  parser->block = nullptr;
}

void hj_feed(hj_parser *parser, uint8_t *block, size_t length, int last) { parser->feed(block, length, last != 0); }

int32_t hj_next(hj_parser *parser, hj_record *record) try {
  return parser->next(record);
} catch (const std::bad_alloc &) {
  return HJ_OVERFLOW;
}

size_t hj_consumed(const hj_parser *parser) { return parser->position; }

void hj_pass_over(hj_parser *parser) {
  parser->is_passing = true;
  parser->passage_begun = false;
  parser->seeks_next = false;
  parser->passage = {};
  parser->passage.ends_at_newline = parser->frame_count == 0;
}

int hj_at_rest(const hj_parser *parser) {
  return parser->frame_count == 0 && !parser->is_passing && !parser->seeks_next;
}

void hj_shrink(hj_parser *parser) {
  parser->index.shrink();
  parser->careful_index.shrink();
  for (int level = 0; level < kTextDepthMax; level++) {
    parser->text_index[level].shrink();
    if (parser->texts[level].capacity() > 2 * kBlockBytesDefault) std::vector<uint8_t>().swap(parser->texts[level]);
  }
  if (parser->side.capacity() > 2 * kBlockBytesDefault) std::vector<uint8_t>().swap(parser->side);
  if (parser->captures.capacity() > kCapturesKept) {
    parser->begin_record();
    std::vector<Capture>().swap(parser->captures);
    std::vector<hj_value>().swap(parser->more);
  }
}

const hj_value *hj_values(const hj_parser *parser) { return parser->slots.data(); }
uint64_t hj_present(const hj_parser *parser) { return parser->present; }
const hj_value *hj_more(const hj_parser *parser) { return parser->more.data(); }
const uint8_t *hj_side(const hj_parser *parser) { return parser->side.data(); }

int hj_reread(hj_parser *parser, uint8_t *json, size_t length, hj_record *record) try {
  return parser->reread(json, length, record);
} catch (const std::bad_alloc &) {
  return 0;
}
}
