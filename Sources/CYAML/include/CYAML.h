// A flat view of libyaml's event parser: one event at a time, no policy, no allocation visible to the caller.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef enum {
  HARRIER_YAML_END = 0,
  HARRIER_YAML_DOCUMENT_START,
  HARRIER_YAML_DOCUMENT_END,
  HARRIER_YAML_ALIAS,
  HARRIER_YAML_SCALAR,
  HARRIER_YAML_SEQUENCE_START,
  HARRIER_YAML_SEQUENCE_END,
  HARRIER_YAML_MAPPING_START,
  HARRIER_YAML_MAPPING_END,
  HARRIER_YAML_FAILED,
} harrier_yaml_kind;

// Pointers are valid until the next call of harrier_yaml_next or harrier_yaml_free.
typedef struct {
  harrier_yaml_kind kind;
  const uint8_t *text;   // a scalar's content, not always NUL-free
  size_t length;
  const char *anchor;    // of a node, or the target of an alias; NULL if none
  const char *tag;       // explicit tag, NULL if none
  const char *problem;   // of HARRIER_YAML_FAILED
  size_t line;           // from 0
  size_t column;         // from 0
  int plain;             // 1: an unquoted scalar, whose type follows from its text
} harrier_yaml_event;

typedef struct harrier_yaml_parser harrier_yaml_parser;

// The bytes must outlive the parser. NULL when memory is exhausted.
harrier_yaml_parser *harrier_yaml_new(const uint8_t *bytes, size_t length);
void harrier_yaml_next(harrier_yaml_parser *parser, harrier_yaml_event *event);
void harrier_yaml_free(harrier_yaml_parser *parser);
