#include "CYAML.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

struct harrier_yaml_parser {
  yaml_parser_t parser;
  yaml_event_t event;
  int holds_event;
  const uint8_t *bytes;
  size_t length;
};

harrier_yaml_parser *harrier_yaml_new(const uint8_t *bytes, size_t length) {
  harrier_yaml_parser *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  if (!yaml_parser_initialize(&self->parser)) {
    free(self);
    return NULL;
  }
  self->bytes = bytes;
  self->length = length;
  yaml_parser_set_input_string(&self->parser, bytes, length);
  yaml_parser_set_encoding(&self->parser, YAML_UTF8_ENCODING);
  return self;
}

static void drop_event(harrier_yaml_parser *self) {
  if (self->holds_event) yaml_event_delete(&self->event);
  self->holds_event = 0;
}

void harrier_yaml_free(harrier_yaml_parser *self) {
  if (!self) return;
  drop_event(self);
  yaml_parser_delete(&self->parser);
  free(self);
}

// A reader error knows only a byte offset; the others carry a mark.
static void describe_failure(harrier_yaml_parser *self, harrier_yaml_event *out) {
  const yaml_parser_t *parser = &self->parser;
  out->kind = HARRIER_YAML_FAILED;
  out->problem = parser->problem ? parser->problem : "out of memory";
  if (parser->error != YAML_READER_ERROR) {
    out->line = parser->problem_mark.line;
    out->column = parser->problem_mark.column;
    return;
  }
  size_t end = parser->problem_offset < self->length ? parser->problem_offset : self->length;
  size_t start = 0;
  for (size_t i = 0; i < end; i++) {
    if (self->bytes[i] != '\n') continue;
    out->line++;
    start = i + 1;
  }
  out->column = end - start;
}

static void describe_node(harrier_yaml_event *out, const yaml_char_t *anchor, const yaml_char_t *tag) {
  out->anchor = (const char *)anchor;
  out->tag = (const char *)tag;
}

void harrier_yaml_next(harrier_yaml_parser *self, harrier_yaml_event *out) {
  memset(out, 0, sizeof *out);
  for (;;) {
    drop_event(self);
    if (!yaml_parser_parse(&self->parser, &self->event)) {
      describe_failure(self, out);
      return;
    }
    self->holds_event = 1;
    if (self->event.type != YAML_STREAM_START_EVENT) break;
  }
  const yaml_event_t *event = &self->event;
  out->line = event->start_mark.line;
  out->column = event->start_mark.column;
  switch (event->type) {
  case YAML_DOCUMENT_START_EVENT: out->kind = HARRIER_YAML_DOCUMENT_START; break;
  case YAML_DOCUMENT_END_EVENT: out->kind = HARRIER_YAML_DOCUMENT_END; break;
  case YAML_SEQUENCE_END_EVENT: out->kind = HARRIER_YAML_SEQUENCE_END; break;
  case YAML_MAPPING_END_EVENT: out->kind = HARRIER_YAML_MAPPING_END; break;
  case YAML_ALIAS_EVENT:
    out->kind = HARRIER_YAML_ALIAS;
    out->anchor = (const char *)event->data.alias.anchor;
    break;
  case YAML_SEQUENCE_START_EVENT:
    out->kind = HARRIER_YAML_SEQUENCE_START;
    describe_node(out, event->data.sequence_start.anchor, event->data.sequence_start.tag);
    break;
  case YAML_MAPPING_START_EVENT:
    out->kind = HARRIER_YAML_MAPPING_START;
    describe_node(out, event->data.mapping_start.anchor, event->data.mapping_start.tag);
    break;
  case YAML_SCALAR_EVENT:
    out->kind = HARRIER_YAML_SCALAR;
    describe_node(out, event->data.scalar.anchor, event->data.scalar.tag);
    out->text = event->data.scalar.value;
    out->length = event->data.scalar.length;
    out->plain = event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    break;
  default: out->kind = HARRIER_YAML_END; break;
  }
}
