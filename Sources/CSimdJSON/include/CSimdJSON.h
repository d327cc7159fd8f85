#ifndef HARRIER_CSIMDJSON_H
#define HARRIER_CSIMDJSON_H

// From bytes to records and planned values, on simdjson's structural index (its "stage 1").
//
// simdjson finds the structural characters of a block and checks its UTF-8. On that index one walk checks the whole
// JSON grammar, finds where records begin and end, and takes the values of the planned paths. The shim holds no
// policy: which keys open an envelope, which paths are planned and what a value means is told from outside.
//
// A worked example. With the plan {0: "eventName", 1: "userIdentity.type"} the block
//
//   {"Records":[{"eventName":"A","userIdentity":{"type":"Root"}},{"eventName":
//
// gives the record [12, 59) with slot 0 = "A" and slot 1 = "Root", then HJ_END with consumed = 60: the caller
// moves the bytes from 60 on to the front of its buffer, appends what comes next and feeds again.

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HJ_PADDING = 64 };

// A head of other text has some lines, a record cut off at most some kilobytes. Far behind, an example in a text is no
// log.
enum { HJ_FRONT_BYTES = 256 * 1024 };

enum {
  HJ_MISSING = 0,
  HJ_STRING,
  HJ_NUMBER,
  HJ_TRUE,
  HJ_FALSE,
  HJ_NULL,
  HJ_OBJECT,
  HJ_ARRAY,
};  // hj_kind

enum {
  HJ_SIDE = 2,     // the offset counts in the side buffer (JSON found inside a string), not in the block
  HJ_INEXACT = 4,  // the path was met with other letter case
};

/// One planned value: strings without their quotes, everything else as its bytes.
typedef struct {
  uint32_t start;
  uint32_t length;
  uint8_t kind;
  uint8_t flags;
  uint16_t rank;  // which spelling of the path was met: lower wins
  uint32_t next;  // 1 + index of the next value of this slot in hj_more(), 0 = none
} hj_value;

enum {
  HJ_RECORD = 0,   // a record and its slots
  HJ_END,          // the block is used up to `consumed`
  HJ_SKIPPED,      // [start, end) yields no event, for `reason`
  HJ_OVERFLOW,     // out of memory
};  // hj_status

enum {
  HJ_BAD_RECORD = 0,  // does not parse
  HJ_NOT_OBJECT,      // an element that is no object
  HJ_TOO_DEEP,
  HJ_TOO_LARGE,
  HJ_CUT_SHORT,       // the input ended inside it
  HJ_SEVERAL,         // a list of events where one event is looked for
  HJ_REASONS,
};  // hj_reason

enum {
  HJ_HOLDS_RECORDS = 0,  // the key's array holds records
  HJ_WRAPS,              // an envelope stands in the key's object
  HJ_HOLDS_MARKED,       // in any letter case, if one of the array's elements is marked as an event; or the object
                         // under the key has such an array under the key of an envelope
};  // hj_envelope_kind

enum {
  HJ_SHAPE_NONE = 0,
  HJ_SHAPE_LINES,      // objects one after another
  HJ_SHAPE_ARRAY,      // a bare array
  HJ_SHAPE_ENVELOPE,   // an object that holds the array
};  // hj_shape

typedef struct {
  uint32_t start;
  uint32_t end;
  uint32_t duplicates;  // planned keys that occurred more than once
  uint8_t reason;
  uint8_t shape;        // where the record stood
  uint8_t envelope;     // index of the envelope key around it, 255 = none
  uint8_t continued;    // the skip began in an earlier block and is counted already
  uint8_t event_flags;  // HJ_SIDE when the event was text in a wrapper
  uint32_t event_start; // the event itself: the record, or what its wrapper holds
  uint32_t event_end;
} hj_record;

typedef struct hj_plan hj_plan;
typedef struct hj_parser hj_parser;

hj_plan *_Nullable hj_plan_new(void);
void hj_plan_free(hj_plan *_Nullable plan);
/// Adds a dotted path. Returns 0, or -1 when it is too long or memory ran out.
int hj_plan_add(hj_plan *_Nonnull plan, const uint8_t *_Nonnull path, size_t length, uint16_t slot, int anchor);
/// Adds a key that opens an envelope.
int hj_plan_envelope(hj_plan *_Nonnull plan, const uint8_t *_Nonnull key, size_t length, uint8_t kind);
/// Adds a key whose value (an object, or JSON text) is the event itself; `flattens`: the event may also be spread
/// over keys that begin with this one and a dot.
int hj_plan_wrapper(hj_plan *_Nonnull plan, const uint8_t *_Nonnull key, size_t length, int flattens);
/// Call once after the last path; afterwards the plan may be shared by parsers of any thread.
void hj_plan_seal(hj_plan *_Nonnull plan);
uint32_t hj_plan_slots(const hj_plan *_Nonnull plan);

/// `depth_max` bounds nesting (at most 1,024), `record_max` the bytes of a record (at most 256 MiB). A block of more
/// than `record_max` bytes is never left untouched. The plan must outlive the parser.
hj_parser *_Nullable hj_parser_new(const hj_plan *_Nonnull plan, uint32_t depth_max, size_t record_max);
void hj_parser_free(hj_parser *_Nullable parser);
/// Forgets the file that was read; the next block starts a new one.
void hj_begin(hj_parser *_Nonnull parser);
/// Call behind `hj_begin` where the content begins with something else than JSON: the first event that is marked as
/// one, or the container that holds one, is sought in the first HJ_FRONT_BYTES. Until then it is in front.
void hj_begin_in_text(hj_parser *_Nonnull parser);
int hj_is_in_front(const hj_parser *_Nonnull parser);
/// How many arrays and envelopes have come to their end.
uint64_t hj_closed(const hj_parser *_Nonnull parser);
/// Hands over a block of `length` bytes followed by HJ_PADDING writable ones: what of the last block was not
/// consumed, and what comes next. The bytes are changed only behind `length` and put back at HJ_END. `last`: nothing
/// comes after it. Records and skips do not depend on where blocks are cut.
void hj_feed(hj_parser *_Nonnull parser, uint8_t *_Nonnull block, size_t length, int last);
int32_t hj_next(hj_parser *_Nonnull parser, hj_record *_Nonnull record);
/// How many bytes of the block are done with, valid after HJ_END.
size_t hj_consumed(const hj_parser *_Nonnull parser);
/// Not inside an envelope, array or record, that is, the file may end here.
int hj_at_rest(const hj_parser *_Nonnull parser);
/// Gives back buffers that an unusually large block needed.
void hj_shrink(hj_parser *_Nonnull parser);

/// The slots of the last record, and the further values of slots that have several.
const hj_value *_Nonnull hj_values(const hj_parser *_Nonnull parser);
/// Which of the first 64 slots have a value, as bits.
uint64_t hj_present(const hj_parser *_Nonnull parser);
const hj_value *_Nullable hj_more(const hj_parser *_Nonnull parser);
const uint8_t *_Nonnull hj_side(const hj_parser *_Nonnull parser);
/// Whether the event of the last record has no white space between its tokens. Also 0 where that would cost more to
/// find out than to compact it: for JSON that was text in a string, or where there is white space around the event.
int hj_is_compact(const hj_parser *_Nonnull parser, const hj_record *_Nonnull record);

/// Reads one record again from `length` bytes of JSON (padding as in hj_feed, put back), for instance an event that was text
/// inside another. Returns 1 when it is one valid object.
int hj_reread(hj_parser *_Nonnull parser, uint8_t *_Nonnull json, size_t length, hj_record *_Nonnull record);

/// Writes the text without escapes to `out` (at most `length` bytes) and returns its length.
size_t hj_unescape(const uint8_t *_Nonnull text, size_t length, uint8_t *_Nonnull out);
/// Writes JSON without the white space between tokens and returns its length.
size_t hj_compact(const uint8_t *_Nonnull json, size_t length, uint8_t *_Nonnull out);

/// Words of randomness that a key is made of.
enum { HJ_HASH_KEY_WORDS = 132 };
typedef struct hj_hash_key hj_hash_key;
typedef struct {
  uint64_t high, low;
} hj_hash128;

hj_hash_key *_Nullable hj_hash_key_new(const uint64_t *_Nonnull words);
void hj_hash_key_free(hj_hash_key *_Nullable key);
/// The hash of a text under a key. Its bound on collisions stands in hash.cpp.
hj_hash128 hj_hash(const hj_hash_key *_Nonnull key, const uint8_t *_Nonnull text, size_t length);

/// The place of `needle` in `text`, or -1.
ptrdiff_t hj_find(const uint8_t *_Nonnull text, size_t length, const uint8_t *_Nonnull needle, size_t needle_length);

#ifdef __cplusplus
}
#endif
#endif
