// The compiler reads the files where they lie, so that there is no copy of them to forget. A file that is added to rules/ or
// page/ is named here once; a test says so when it is not.
#pragma clang diagnostic ignored "-Wc23-extensions"

#include "CEmbedded.h"

static const uint8_t base[] = {
#embed "../../rules/base.yml"
};
static const uint8_t company[] = {
#embed "../../rules/company.yml"
};
static const uint8_t data[] = {
#embed "../../rules/data.yml"
};
static const uint8_t execution[] = {
#embed "../../rules/execution.yml"
};
static const uint8_t expected[] = {
#embed "../../rules/expected.yml"
};
static const uint8_t history[] = {
#embed "../../rules/history.yml"
};
static const uint8_t identity[] = {
#embed "../../rules/identity.yml"
};
static const uint8_t logging[] = {
#embed "../../rules/logging.yml"
};
static const uint8_t network[] = {
#embed "../../rules/network.yml"
};
static const uint8_t sequences[] = {
#embed "../../rules/sequences.yml"
};
static const uint8_t sign_in[] = {
#embed "../../rules/sign-in.yml"
};

static const he_file rules[] = {
    {"base.yml", base, sizeof base},
    {"company.yml", company, sizeof company},
    {"data.yml", data, sizeof data},
    {"execution.yml", execution, sizeof execution},
    {"expected.yml", expected, sizeof expected},
    {"history.yml", history, sizeof history},
    {"identity.yml", identity, sizeof identity},
    {"logging.yml", logging, sizeof logging},
    {"network.yml", network, sizeof network},
    {"sequences.yml", sequences, sizeof sequences},
    {"sign-in.yml", sign_in, sizeof sign_in},
};

size_t he_rule_file_count(void) { return sizeof rules / sizeof *rules; }

he_file he_rule_file(size_t place) { return rules[place]; }

static const uint8_t style[] = {
#embed "../../page/10-base.css" suffix(, )
#embed "../../page/20-parts.css" suffix(, )
#embed "../../page/30-explorer.css" suffix(, )
};

static const uint8_t script[] = {
    '(', '(', ')', ' ', '=', '>', ' ', '{', '\n',
    '"', 'u', 's', 'e', ' ', 's', 't', 'r', 'i', 'c', 't', '"', ';', '\n',
#embed "../../page/10-data.js" suffix(, )
#embed "../../page/20-elements.js" suffix(, )
#embed "../../page/30-filters.js" suffix(, )
#embed "../../page/40-timeline.js" suffix(, )
#embed "../../page/50-list.js" suffix(, )
#embed "../../page/60-details.js" suffix(, )
#embed "../../page/90-main.js" suffix(, )
    '}', ')', '(', ')', ';', '\n',
};

static const uint8_t words[] = {
#embed "../../page/words.tsv"
};

static const uint8_t titles[] = {
#embed "../../page/titles.tsv"
};

static const uint8_t reasons[] = {
#embed "../../page/reasons.tsv"
};

he_file he_page_style(void) { return (he_file){"style", style, sizeof style}; }
he_file he_page_script(void) { return (he_file){"script", script, sizeof script}; }
he_file he_page_words(void) { return (he_file){"words", words, sizeof words}; }
he_file he_page_titles(void) { return (he_file){"titles", titles, sizeof titles}; }
he_file he_page_reasons(void) { return (he_file){"reasons", reasons, sizeof reasons}; }
