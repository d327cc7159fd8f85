// The C functions: they translate, and let no exception out.
#include "parser.hpp"

using namespace harrier;

extern "C" {

hj_parser *hj_parser_new(const hj_plan *plan, uint32_t depth_max, size_t record_max) try {
  return new hj_parser(plan, depth_max, record_max);
} catch (const std::bad_alloc &) {
  return nullptr;
}

void hj_parser_free(hj_parser *parser) { delete parser; }

void hj_begin(hj_parser *parser) {
  parser->frame_count = 0;
  parser->expect = Expect::value;
  parser->base = 0;
  parser->position = 0;
  parser->byte_before = '\n';
  parser->first_key_hash = parser->bad_key_hash = 0;
  parser->is_passing = parser->is_seeking = parser->is_in_front = false;
  parser->closed = 0;
  parser->may_separate = parser->saw_zeros = parser->reads_texts = false;
  parser->measured = parser->tried = 0;
  parser->block = nullptr;
}

void hj_feed(hj_parser *parser, uint8_t *block, size_t length, int last) { parser->feed(block, length, last != 0); }

int32_t hj_next(hj_parser *parser, hj_record *record) try {
  return parser->next(record);
} catch (const std::bad_alloc &) {
  return HJ_OVERFLOW;
}

size_t hj_consumed(const hj_parser *parser) { return parser->position; }

void hj_begin_in_text(hj_parser *parser) { parser->begin_in_text(); }
int hj_is_in_front(const hj_parser *parser) { return parser->is_in_front; }
uint64_t hj_closed(const hj_parser *parser) { return parser->closed; }

int hj_at_rest(const hj_parser *parser) {
  return parser->frame_count == 0 && !parser->is_passing;
}

void hj_shrink(hj_parser *parser) {
  parser->index.shrink();
  parser->careful_index.shrink();
  for (int level = 0; level < kTextDepthMax; level++) {
    parser->text_index[level].shrink();
    if (parser->texts[level].capacity() > 2 * kBlockBytesDefault) std::vector<uint8_t>().swap(parser->texts[level]);
  }
  for (std::vector<uint8_t> *bytes : {&parser->side, &parser->alone})
    if (bytes->capacity() > 2 * kBlockBytesDefault) std::vector<uint8_t>().swap(*bytes);
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

int hj_is_compact(const hj_parser *parser, const hj_record *record) {
  return !(record->event_flags & HJ_SIDE) && parser->record_is_compact();
}

int hj_reread(hj_parser *parser, uint8_t *json, size_t length, hj_record *record) try {
  return parser->reread(json, length, record);
} catch (const std::bad_alloc &) {
  return 0;
}
}
