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

hj_parser::hj_parser(const hj_plan *plan, uint32_t depth_max, size_t record_max)
    : plan(plan), depth_max(depth_max < kDepthCeiling ? depth_max : kDepthCeiling),
      record_max(record_max < kRecordBytesCeiling ? record_max : kRecordBytesCeiling) {
  nesting.resize(this->depth_max + 1);
  slots.resize(plan->slots);
  tails.resize(plan->slots);
  scripts.resize(plan->nodes.size());
}

void hj_parser::restore() {
  if (block) memcpy(block + length, saved, HJ_PADDING);
  block = nullptr;
}

void hj_parser::feed(uint8_t *bytes, size_t size, bool is_last) {
  base += position;
  block = bytes;
  last = is_last;
  length = is_last ? size : whole_characters(bytes, size);
  memcpy(saved, bytes + length, HJ_PADDING);
  memset(bytes + length, 0, HJ_PADDING);
  memcpy(bytes + length, kSentinel, kSentinelBytes);
  // A byte order mark is white space here.
  if (base == 0 && length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) memset(bytes, ' ', 3);
  position = 0;
  token = 0;
  careful = is_passing || is_seeking;
  if (careful || length == 0) return;
  simdjson::error_code error;
  careful = !index.build(bytes, length + kSentinelBytes, simdjson::stage1_mode::streaming_partial, error);
  tokens = {bytes, index.at(), length, 0, 0};
}

int32_t hj_parser::finish(size_t consumed) {
  position = consumed;
  if (consumed > 0) byte_before = block[consumed - 1];
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
  may_separate = true;
  if (has_several) return skip(record, start, end, HJ_SEVERAL);
  reads_texts |= block[start] == '"';
  if (first_key_hash == 0) first_key_hash = key_hash_in_hand;
  return HJ_RECORD;
}

int32_t hj_parser::skip(hj_record *record, size_t start, size_t end, uint8_t reason, bool continued) {
  *record = {};
  record->start = uint32_t(start);
  record->end = uint32_t(end);
  record->reason = reason;
  record->continued = continued;
  may_separate = true;
  return HJ_SKIPPED;
}

void hj_parser::push_frame(Frame frame, uint8_t envelope, Expect then) {
  frames[frame_count] = frame;
  frame_envelope[frame_count] = envelope;
  frame_count++;
  expect = then;
}

void hj_parser::pop_frame() {
  frame_count--;
  closed++;
  expect = frame_count == 0 ? Expect::value : Expect::next;
}

/// The array or object under an envelope's key begins.
void hj_parser::open_envelope(uint8_t envelope, uint8_t bracket) {
  push_frame(bracket == '{' ? Frame::object : Frame::array, envelope, Expect::first);
}

int32_t hj_parser::next(hj_record *record) {
  if (length == 0) return finish(0);
  return careful ? next_careful(record) : next_indexed(record);
}

/// The rest of the block is read record by record, from `from` on.
int32_t hj_parser::go_careful(hj_record *record, size_t from) {
  careful = true;
  position = from;
  return next_careful(record);
}

int32_t hj_parser::next_indexed(hj_record *record) {
  for (;;) {
    if (tokens.past_end(token)) return finish(length);
    uint8_t c = tokens.first(token);
    if (frame_count > 0) {
      bool in_object = frames[frame_count - 1] == Frame::object;
      if (expect != Expect::value && c == (in_object ? '}' : ']')) {
        pop_frame();
        token++;
        continue;
      }
      if (expect == Expect::next) {
        if (c != ',') return go_careful(record, tokens.at[token]);
        expect = Expect::value;
        token++;
        continue;
      }
      int32_t status = in_object ? step_envelope(record) : read_indexed(record);
      if (status != kGoOn) return status;
      continue;
    }
    if (c == '[' && !saw_zeros) {
      push_frame(Frame::array, kNoEnvelope, Expect::first);
      token++;
      continue;
    }
    if (c == ',' && may_separate && !saw_zeros) {
      may_separate = false;
      token++;
      continue;
    }
    if (c == kRecordSeparator && !saw_zeros) {
      uint8_t then = block[tokens.at[token] + 1];
      if (is_blank(then) || then == '{' || then == '[') {
        token++;
        continue;
      }
    }
    bool is_text = c == '"' && block[tokens.at[token] + 1] == '{';
    if ((c != '{' && !is_text) || saw_zeros) return go_careful(record, tokens.at[token]);
    int32_t status = read_indexed(record);
    if (status != kGoOn) return status;
  }
}

/// Whether the element at token `i` is an array that holds a record, or an array with one: pages that were put into one
/// array, or a bracket too many. Either way the records inside are read, whatever else stands in front of them.
Head hj_parser::opens_page(uint32_t i) const {
  const size_t room = kFramesMax - frame_count, start = tokens.at[i];
  for (size_t depth = 0; !tokens.past_end(i) && tokens.at[i] - start <= record_max; i++) {
    uint8_t c = tokens.first(i);
    if (c == '{' || begins_text(tokens, i, start)) return Head::opened;
    if (c == '[' ? depth++ == room : c == ']' ? --depth == 0 : c == '}' || c == ':') return Head::plain;
    if (hides_quote(tokens, i)) return Head::plain;
  }
  return tokens.past_end(i) ? Head::waits : Head::plain;
}

/// The value at `token`: a record, an envelope that opens, or something that is neither.
int32_t hj_parser::read_indexed(hj_record *record) {
  size_t start = tokens.at[token];
  if (tokens.first(token) == '[') {
    Head head = opens_page(token);
    if (head == Head::opened) {
      push_frame(Frame::array, kNoEnvelope, Expect::first);
      token++;
      return kGoOn;
    }
    if (head == Head::waits) return may_wait(start) ? finish(start) : go_careful(record, start);
  }
  uint32_t i = token;
  uint8_t opened = kNoEnvelope;
  bool is_object = tokens.first(token) == '{';
  Walk walk = is_object ? walk_record(tokens, i, frame_count + 2 <= kFramesMax, opened) : skip_value(tokens, i, 1);
  if (walk == Walk::envelope) {
    push_frame(Frame::object, opened, Expect::next);
    open_envelope(opened, tokens.first(i + 2));
    token = i + 3;
    return kGoOn;
  }
  bool is_bracketed = is_object || tokens.first(token) == '[';
  bool complete = walk == Walk::ok && (is_bracketed ? tokens.at[i - 1] < length : !tokens.past_end(i));
  if (!complete && walk != Walk::too_deep && incomplete(i) && may_wait(start)) return finish(start);
  if (!complete) return go_careful(record, start);
  size_t end = tokens.end_of_value(token, i);
  if (end - start > record_max || (is_object && !end_record(tokens, token, i))) return go_careful(record, start);
  if (!is_object && tokens.first(token) == '"') {
    if (read_text(tokens, token)) {
      token = i;
      return emit(record, start, end);
    }
    const uint8_t then = tokens.first(i);
    const bool is_followed = tokens.at[i] - start <= record_max && (then == ',' || then == ']');
    if (frame_count == 0 || block[start + 1] == '{' || !is_followed) return go_careful(record, start);
  }
  token = i;
  if (is_object) return emit(record, start, end);
  expect = Expect::next;
  return skip(record, start, end, HJ_NOT_OBJECT);
}

/// A key and its value in an envelope, in front of its array or behind it.
int32_t hj_parser::step_envelope(hj_record *record) {
  size_t start = tokens.at[token];
  uint32_t i = token;
  if (tokens.first(i) == '"' && tokens.first(i + 1) == ':') {
    uint8_t opened = frame_count < kFramesMax ? envelope_at(tokens, i, start) : kNoEnvelope;
    if (opened != kNoEnvelope) {
      expect = Expect::next;
      open_envelope(opened, tokens.first(i + 2));
      token = i + 3;
      return kGoOn;
    }
    i += 2;
    Walk walk = skip_value(tokens, i, 1);
    if (walk == Walk::ok && !tokens.past_end(i) && tokens.end_of_value(token + 2, i) - start <= record_max) {
      expect = Expect::next;
      token = i;
      return kGoOn;
    }
  } else if (tokens.first(i) == '"') {
    i++;
  }
  if (incomplete(i) && may_wait(start)) return finish(start);
  return go_careful(record, start);
}
