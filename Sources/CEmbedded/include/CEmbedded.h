// Files of this repository that are part of the program: the built-in rules, and what report.html is made of.
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
  // Such as "sign-in.yml". It lives for ever, as the bytes do.
  const char *name;
  const uint8_t *bytes;
  size_t count;
} he_file;

// The files of rules/, in the order of their names.
size_t he_rule_file_count(void);
he_file he_rule_file(size_t place);

// The parts of page/ of one kind, one behind the other in the order of their names. The script is one function, so that
// nothing of it is global.
he_file he_page_style(void);
he_file he_page_script(void);
he_file he_page_words(void);
// What the built-in detections are called in other languages.
he_file he_page_titles(void);
he_file he_page_reasons(void);
