// control_value.c -- see control_value.h: enums, numbers, relations, files.
#include "control_value.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

// A value being taken apart.
typedef struct reader {
    const char    *at;
    const char    *end;
    inlay_arena   *arena;
    control_error *error;
} reader;

value_result value_bad(control_error *error, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    vsnprintf(error->text, sizeof error->text, format, arguments);
    va_end(arguments);
    return VALUE_BAD;
}

// Gives `count` cleared items; NULL, having said so, when memory ran out.
static void *take(reader *r, size_t count, size_t size)
{
    inlay_status status;
    void        *items = inlay_arena_take(r->arena, count, size, &status);

    if (items == NULL) {
        value_bad(r->error, "%s", inlay_status_text(status));
        return NULL;
    }
    memset(items, 0, count * size);
    return items;
}

static char lower(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

bool value_names_equal(inlay_str a, inlay_str b)
{
    size_t i;

    for (i = 0; i < a.size && i < b.size; i++) {
        if (lower(a.data[i]) != lower(b.data[i])) {
            return false;
        }
    }
    return a.size == b.size;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

static void skip_spaces(reader *r)
{
    while (r->at < r->end && is_space(*r->at)) {
        r->at++;
    }
}

static bool skip_char(reader *r, char c)
{
    if (r->at == r->end || *r->at != c) {
        return false;
    }
    r->at++;
    return true;
}

// Reads up to a blank or one of `stops`.
static inlay_str read_word(reader *r, const char *stops)
{
    inlay_str word = {r->at, 0};

    while (r->at < r->end && !is_space(*r->at) &&
           strchr(stops, *r->at) == NULL) {
        r->at++;
    }
    word.size = (size_t)(r->at - word.data);
    return word;
}

// ---- Enums, bools, numbers --------------------------------------------------

// Returns whether a word of dpkg's is a name of the schema, which has
// underscores for the dashes.
static bool word_is(inlay_str word, const char *name)
{
    size_t i;

    for (i = 0; i < word.size && name[i] != '\0'; i++) {
        if ((word.data[i] == '-' ? '_' : word.data[i]) != name[i]) {
            return false;
        }
    }
    return i == word.size && name[i] == '\0';
}

// Finds the value of an enum by its name; the schema counts all from 0.
static bool read_enum(const char *(*name_of)(uint8_t), inlay_str word,
                      uint8_t *value)
{
    uint8_t     i;
    const char *name;

    for (i = 0; (name = name_of(i)) != NULL; i++) {
        if (word_is(word, name)) {
            *value = i;
            return true;
        }
    }
    return false;
}

static value_result read_status(reader *r, dpkg_status_opt *to)
{
    dpkg_status *status = &to->value;
    inlay_str    want, flag, state;

    want = read_word(r, "");
    skip_spaces(r);
    flag = read_word(r, "");
    skip_spaces(r);
    state = read_word(r, "");
    if (!read_enum(dpkg_want_name, want, &status->want) ||
        !read_enum(dpkg_flag_name, flag, &status->flag) ||
        !read_enum(dpkg_state_name, state, &status->state) || r->at < r->end) {
        return value_bad(r->error, "a status that dpkg does not have");
    }
    to->has = true;
    return VALUE_TAKEN;
}

static value_result read_bool(reader *r, inlay_bool_opt *value)
{
    inlay_str word = read_word(r, "");

    value->value = word_is(word, "yes");
    value->has = value->value || word_is(word, "no");
    return value->has ? VALUE_TAKEN : VALUE_OTHER;
}

// Takes a number that would be written just so: no sign, no leading zero.
static value_result read_number(reader *r, inlay_u64_opt *value)
{
    uint64_t number = 0;

    if (r->end - r->at > 1 && *r->at == '0') {
        return VALUE_OTHER;
    }
    for (; r->at < r->end; r->at++) {
        unsigned digit = (unsigned)(unsigned char)*r->at - '0';

        if (digit > 9 || number > (UINT64_MAX - digit) / 10) {
            return VALUE_OTHER;
        }
        number = number * 10 + digit;
    }
    value->has = true;
    value->value = number;
    return VALUE_TAKEN;
}

// ---- Relations --------------------------------------------------------------

// Reads what dpkg writes as << <= = >= >>, and the old < and >, which mean <=
// and >= to it.
static bool read_relation(reader *r, dpkg_relation *relation)
{
    if (skip_char(r, '=')) {
        *relation = DPKG_RELATION_EQUAL;
        return true;
    }
    if (skip_char(r, '<')) {
        *relation = skip_char(r, '<') ? DPKG_RELATION_EARLIER
                                      : DPKG_RELATION_EARLIER_OR_EQUAL;
    } else if (skip_char(r, '>')) {
        *relation = skip_char(r, '>') ? DPKG_RELATION_LATER
                                      : DPKG_RELATION_LATER_OR_EQUAL;
    } else {
        return false;
    }
    if (*relation == DPKG_RELATION_EARLIER_OR_EQUAL ||
        *relation == DPKG_RELATION_LATER_OR_EQUAL) {
        skip_char(r, '=');
    }
    return true;
}

// Reads `name`, `name:arch` or `name (>= version)`.
static bool read_alternative(reader *r, dpkg_alternative *to)
{
    skip_spaces(r);
    to->name = read_word(r, ":(|,)");
    if (to->name.size == 0) {
        return false;
    }
    if (skip_char(r, ':')) {
        to->architecture = read_word(r, ":(|,)");
        if (to->architecture.size == 0) {
            return false;
        }
    }
    skip_spaces(r);
    if (skip_char(r, '(')) {
        skip_spaces(r);
        if (!read_relation(r, &to->relation)) {
            return false;
        }
        skip_spaces(r);
        to->version = read_word(r, "()|,");
        skip_spaces(r);
        if (to->version.size == 0 || !skip_char(r, ')')) {
            return false;
        }
        skip_spaces(r);
    }
    return true;
}

// Counts what `separator` separates, up to a `stop` or the end.
static size_t count_parts(const reader *r, char separator, char stop)
{
    const char *c;
    size_t      count = 1;

    for (c = r->at; c < r->end && *c != stop; c++) {
        count += *c == separator;
    }
    return count;
}

static value_result read_alternatives(reader *r, dpkg_alternative_list *to)
{
    size_t            count = count_parts(r, '|', ',');
    dpkg_alternative *items = take(r, count, sizeof *items);
    size_t            i;

    if (items == NULL) {
        return VALUE_BAD;
    }
    for (i = 0; i < count; i++) {
        if ((i > 0 && !skip_char(r, '|')) || !read_alternative(r, &items[i])) {
            return value_bad(r->error, "a relation between packages that is "
                                       "not of the form `name (>= version)`");
        }
    }
    to->items = items;
    to->count = count;
    return VALUE_TAKEN;
}

static value_result read_relations(reader *r, dpkg_relations *to)
{
    size_t                 count = count_parts(r, ',', '\0');
    dpkg_alternative_list *items = take(r, count, sizeof *items);
    size_t                 i;

    if (items == NULL) {
        return VALUE_BAD;
    }
    for (i = 0; i < count; i++) {
        if (i > 0 && !skip_char(r, ',')) {
            return value_bad(r->error, "something behind a package's name");
        }
        if (read_alternatives(r, &items[i]) == VALUE_BAD) {
            return VALUE_BAD;
        }
    }
    if (r->at < r->end) {
        return value_bad(r->error, "something behind a package's name");
    }
    to->items = items;
    to->count = count;
    return VALUE_TAKEN;
}

// ---- Files of settings ------------------------------------------------------

// Takes the last word off a line and the blank before it.
static inlay_str line_pop(inlay_str *line)
{
    inlay_str word = {line->data + line->size, 0};

    while (word.data > line->data && word.data[-1] != ' ') {
        word.data--;
        word.size++;
    }
    line->size -= word.size;
    if (line->size > 0) {
        line->size--;
    }
    return word;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

static bool read_md5(inlay_str word, dpkg_conffile_md5_opt *md5)
{
    size_t i;

    if (word_is(word, "newconffile")) {
        return true;
    }
    if (word.size != 2 * sizeof md5->value) {
        return false;
    }
    for (i = 0; i < sizeof md5->value; i++) {
        int high = hex_digit(word.data[2 * i]);
        int low = hex_digit(word.data[2 * i + 1]);

        if (high < 0 || low < 0) {
            return false;
        }
        md5->value[i] = (uint8_t)(high << 4 | low);
    }
    md5->has = true;
    return true;
}

// Takes one line, ` /path md5 obsolete remove-on-upgrade`, from its end on: the
// path may have blanks in it.
static bool read_conffile(inlay_str line, dpkg_conffile *to)
{
    inlay_str word;

    if (line.size == 0 || line.data[0] != ' ') {
        return false;
    }
    line.data++;
    line.size--;
    word = line_pop(&line);
    if (word_is(word, "remove_on_upgrade")) {
        to->remove_on_upgrade = true;
        word = line_pop(&line);
    }
    if (word_is(word, "obsolete")) {
        to->obsolete = true;
        word = line_pop(&line);
    }
    to->path = line;
    return read_md5(word, &to->md5) && line.size > 0 && line.data[0] == '/';
}

static value_result read_conffiles(reader *r, dpkg_conffile_list *to)
{
    size_t         count = count_parts(r, '\n', '\0') - 1;
    dpkg_conffile *items;
    size_t         i;

    // All files stand on lines of their own.
    if (!skip_char(r, '\n')) {
        return VALUE_OTHER;
    }
    items = take(r, count, sizeof *items);
    if (items == NULL) {
        return VALUE_BAD;
    }
    for (i = 0; i < count; i++) {
        const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));
        inlay_str   line = {r->at, 0};

        end = end == NULL ? r->end : end;
        line.size = (size_t)(end - r->at);
        if (!read_conffile(line, &items[i])) {
            return VALUE_OTHER;
        }
        r->at = end < r->end ? end + 1 : end;
    }
    to->items = items;
    to->count = count;
    return VALUE_TAKEN;
}

// ---- Text -------------------------------------------------------------------

static value_result read_text(const reader *r, inlay_str *text)
{
    text->data = r->at;
    text->size = (size_t)(r->end - r->at);
    return VALUE_TAKEN;
}

static value_result read_text_opt(const reader *r, inlay_str_opt *text)
{
    text->has = true;
    return read_text(r, &text->value);
}

// The first line is the summary.
static value_result read_description(const reader *r, dpkg_package *to)
{
    const char *end = memchr(r->at, '\n', (size_t)(r->end - r->at));

    to->summary.data = r->at;
    to->summary.size = (size_t)((end != NULL ? end : r->end) - r->at);
    if (end != NULL) {
        to->description.data = end + 1;
        to->description.size = (size_t)(r->end - end - 1);
    }
    return VALUE_TAKEN;
}

// ---- Fields -----------------------------------------------------------------

typedef enum field_kind {
    FIELD_TEXT,
    FIELD_TEXT_OPT,
    FIELD_BOOL,
    FIELD_NUMBER,
    FIELD_RELATIONS,
    FIELD_CONFFILES,
    FIELD_DESCRIPTION,
    FIELD_STATUS,
    FIELD_PRIORITY,
    FIELD_MULTI_ARCH,
    FIELD_HOMEPAGE
} field_kind;

#define FIELD(name, kind, member)                                              \
    {                                                                          \
        INLAY_STR(name), kind, offsetof(dpkg_package, member)                  \
    }

// `show` has the same in its order; at most 64.
static const struct field {
    inlay_str  name;
    field_kind kind;
    size_t     offset; // of the member
} fields[] = {
    FIELD("essential", FIELD_BOOL, essential),
    FIELD("protected", FIELD_BOOL, protected_),
    FIELD("status", FIELD_STATUS, status),
    FIELD("priority", FIELD_PRIORITY, priority),
    FIELD("section", FIELD_TEXT, section),
    FIELD("installed-size", FIELD_NUMBER, installed_size),
    FIELD("origin", FIELD_TEXT, origin),
    FIELD("maintainer", FIELD_TEXT, maintainer),
    FIELD("bugs", FIELD_TEXT, bugs),
    FIELD("architecture", FIELD_TEXT, architecture),
    FIELD("multi-arch", FIELD_MULTI_ARCH, multi_arch),
    FIELD("source", FIELD_TEXT_OPT, source),
    FIELD("version", FIELD_TEXT, version),
    FIELD("config-version", FIELD_TEXT_OPT, config_version),
    FIELD("replaces", FIELD_RELATIONS, replaces),
    FIELD("provides", FIELD_RELATIONS, provides),
    FIELD("depends", FIELD_RELATIONS, depends),
    FIELD("pre-depends", FIELD_RELATIONS, pre_depends),
    FIELD("recommends", FIELD_RELATIONS, recommends),
    FIELD("suggests", FIELD_RELATIONS, suggests),
    FIELD("breaks", FIELD_RELATIONS, breaks),
    FIELD("conflicts", FIELD_RELATIONS, conflicts),
    FIELD("enhances", FIELD_RELATIONS, enhances),
    FIELD("conffiles", FIELD_CONFFILES, conffiles),
    FIELD("description", FIELD_DESCRIPTION, summary),
    FIELD("triggers-pending", FIELD_TEXT, triggers_pending),
    FIELD("triggers-awaited", FIELD_TEXT, triggers_awaited),
    FIELD("homepage", FIELD_HOMEPAGE, homepage),
};

static value_result read_choice(reader *r, const char *(*name_of)(uint8_t),
                                bool *has, uint8_t *value)
{
    *has = read_enum(name_of, read_word(r, ""), value) && r->at == r->end;
    return *has ? VALUE_TAKEN : VALUE_OTHER;
}

static value_result field_read(const struct field *field, reader *r,
                               dpkg_package *package)
{
    void *to = (char *)package + field->offset;

    switch (field->kind) {
    case FIELD_TEXT:
        return read_text(r, to);
    case FIELD_TEXT_OPT:
        return read_text_opt(r, to);
    case FIELD_BOOL:
        return read_bool(r, to);
    case FIELD_NUMBER:
        return read_number(r, to);
    case FIELD_RELATIONS:
        return read_relations(r, to);
    case FIELD_CONFFILES:
        return read_conffiles(r, to);
    case FIELD_DESCRIPTION:
        return read_description(r, package);
    case FIELD_STATUS:
        return read_status(r, to);
    case FIELD_PRIORITY:
        return read_choice(r, dpkg_priority_name, &package->priority.has,
                           &package->priority.value);
    case FIELD_MULTI_ARCH:
        return read_choice(r, dpkg_multi_arch_name, &package->multi_arch.has,
                           &package->multi_arch.value);
    case FIELD_HOMEPAGE:
        // Its place among the extra fields has to fit, too.
        return package->before_homepage < UINT8_MAX ? read_text_opt(r, to)
                                                    : VALUE_OTHER;
    }
    return VALUE_OTHER;
}

value_result value_take(inlay_str name, inlay_str value, uint64_t *seen,
                        inlay_arena *arena, dpkg_package *package,
                        control_error *error)
{
    reader r = {value.data, value.data + value.size, arena, error};
    size_t i;

    for (i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        if (value_names_equal(name, fields[i].name)) {
            break;
        }
    }
    if (i == sizeof fields / sizeof fields[0]) {
        return VALUE_OTHER;
    }
    if ((*seen >> i & 1) != 0) {
        return value_bad(error, "a second `%s`", fields[i].name.data);
    }
    *seen |= UINT64_C(1) << i;
    // The model takes what is empty for absent.
    return value.size == 0 ? VALUE_OTHER : field_read(&fields[i], &r, package);
}
