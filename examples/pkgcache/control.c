// control.c -- see control.h: lines, fields, paragraphs, packages.
#include "control.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <inlay/buffer.h>
#include <inlay/utf8.h>

#include "control_value.h"

// One package as it was found, and what the order of the map depends on.
typedef struct found {
    inlay_str    name;
    size_t       line;
    dpkg_package package;
} found;

typedef struct parser {
    const char    *at;
    const char    *end;
    size_t         line; // of `at`
    inlay_arena   *arena;
    inlay_buffer   extra; // dpkg_field; of the package being read
    inlay_buffer   found; // found
    control_error *error;
} parser;

static bool fail(parser *p, size_t line, const char *text)
{
    p->error->line = line;
    snprintf(p->error->text, sizeof p->error->text, "%s", text);
    return false;
}

static bool fail_memory(parser *p)
{
    return fail(p, 0, "memory ran out");
}

// ---- Lines and fields -------------------------------------------------------

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

// Returns the end of the line at `at`: its line feed, or the text's end.
static const char *line_end(const parser *p, const char *at)
{
    const char *end = memchr(at, '\n', (size_t)(p->end - at));

    return end != NULL ? end : p->end;
}

static bool line_is_blank(const char *at, const char *end)
{
    while (at < end && is_blank(*at)) {
        at++;
    }
    return at == end;
}

static inlay_str trimmed(const char *begin, const char *end)
{
    inlay_str text;

    while (begin < end && is_blank(*begin)) {
        begin++;
    }
    while (begin < end && (is_blank(end[-1]) || end[-1] == '\n')) {
        end--;
    }
    text.data = begin;
    text.size = (size_t)(end - begin);
    return text;
}

// Reads one field, lines that continue it included.
static bool field_read(parser *p, inlay_str *name, inlay_str *value)
{
    size_t      line = p->line;
    const char *end = line_end(p, p->at);
    const char *colon = memchr(p->at, ':', (size_t)(end - p->at));
    const char *c;

    if (colon == NULL) {
        return fail(p, line, "a line without a colon");
    }
    for (c = p->at; c<colon && * c> ' ' && *c < 127; c++) {
    }
    if (c < colon || c == p->at) {
        return fail(p, line, "the name of a field is empty or has a blank");
    }
    name->data = p->at;
    name->size = (size_t)(colon - p->at);
    for (;;) {
        p->at = end < p->end ? end + 1 : end;
        p->line++;
        if (p->at == p->end || !is_blank(*p->at)) {
            break;
        }
        end = line_end(p, p->at);
        if (line_is_blank(p->at, end)) {
            return fail(p, p->line, "a blank line within a field");
        }
    }
    *value = trimmed(colon + 1, end);
    return true;
}

// ---- Paragraphs -------------------------------------------------------------

// Keeps a field that the model does not hold.
static bool extra_keep(parser *p, inlay_str name, inlay_str value, size_t line)
{
    const dpkg_field *fields = (const void *)p->extra.data;
    size_t            count = p->extra.size / sizeof *fields;
    dpkg_field        field = {.name = name, .value = value};
    size_t            i;

    for (i = 0; i < count; i++) {
        if (value_names_equal(fields[i].name, name)) {
            return fail(p, line, "a field that was there before");
        }
    }
    return inlay_buffer_append(&p->extra, &field, sizeof field) ||
           fail_memory(p);
}

// Hands the fields that were kept over to the package.
static bool extra_settle(parser *p, dpkg_package *package)
{
    size_t       size = p->extra.size;
    inlay_status status;
    void        *items;

    if (size == 0) {
        return true;
    }
    items = inlay_arena_take(p->arena, 1, size, &status);
    if (items == NULL) {
        return fail_memory(p);
    }
    memcpy(items, p->extra.data, size);
    package->extra.items = items;
    package->extra.count = size / sizeof *package->extra.items;
    return true;
}

// Takes one field into a package: its name, a field of the model, or another.
static bool package_add(parser *p, inlay_str name, inlay_str value, size_t line,
                        found *package, uint64_t *seen)
{
    static const inlay_str key = INLAY_STR("package");
    size_t                 kept = p->extra.size / sizeof(dpkg_field);

    if (value_names_equal(name, key)) {
        if (package->name.size > 0 || value.size == 0) {
            return fail(p, line, "a second name, or an empty one");
        }
        package->name = value;
        return true;
    }
    // As long as there is no homepage, all that is kept stands before it.
    if (!package->package.homepage.has) {
        package->package.before_homepage = (uint8_t)(kept < 255 ? kept : 255);
    }
    switch (
        value_take(name, value, seen, p->arena, &package->package, p->error)) {
    case VALUE_TAKEN:
        return true;
    case VALUE_OTHER:
        return extra_keep(p, name, value, line);
    case VALUE_BAD:
        break;
    }
    p->error->line = line;
    return false;
}

// Reads one paragraph; `p->at` is at its first line.
static bool package_read(parser *p)
{
    found    package = {.line = p->line};
    uint64_t seen = 0;

    inlay_buffer_clear(&p->extra);
    while (p->at < p->end && *p->at != '\n') {
        size_t    line = p->line;
        inlay_str name, value;

        if (is_blank(*p->at)) {
            return fail(p, line, "a line that continues no field");
        }
        if (!field_read(p, &name, &value) ||
            !package_add(p, name, value, line, &package, &seen)) {
            return false;
        }
    }
    if (package.name.size == 0) {
        return fail(p, package.line, "a paragraph without a package");
    }
    if (!package.package.homepage.has) {
        package.package.before_homepage = 0;
    }
    return extra_settle(p, &package.package) &&
           (inlay_buffer_append(&p->found, &package, sizeof package) ||
            fail_memory(p));
}

// ---- The database -----------------------------------------------------------

static int found_compare(const void *a, const void *b)
{
    const found *left = a;
    const found *right = b;
    int          order = inlay_str_compare(left->name, right->name);

    if (order == 0) {
        order = inlay_str_compare(left->package.architecture,
                                  right->package.architecture);
    }
    // Of the same package twice, the second is the one to complain about.
    return order != 0 ? order
                      : (left->line > right->line) - (left->line < right->line);
}

// Builds the map: one entry a name, with one package an architecture.
static bool database_build(parser *p, const found *all, size_t count,
                           dpkg_database *database)
{
    dpkg_package                 *packages;
    dpkg_database_packages_entry *entries, *entry;
    inlay_status                  status;
    size_t                        i;

    packages = inlay_arena_take(p->arena, count, sizeof *packages, &status);
    entries = inlay_arena_take(p->arena, count, sizeof *entries, &status);
    if (packages == NULL || entries == NULL) {
        return fail_memory(p);
    }
    entry = entries - 1;
    for (i = 0; i < count; i++) {
        packages[i] = all[i].package;
        if (i == 0 || !inlay_str_equal(all[i].name, entry->key)) {
            entry++;
            entry->key = all[i].name;
            entry->value.items = &packages[i];
            entry->value.count = 0;
        } else if (inlay_str_equal(packages[i].architecture,
                                   packages[i - 1].architecture)) {
            return fail(p, all[i].line, "a package that was there before");
        }
        entry->value.count++;
    }
    database->packages.items = entries;
    database->packages.count = (size_t)(entry + 1 - entries);
    return true;
}

static bool database_read(parser *p, dpkg_database *database)
{
    size_t count;

    while (p->at < p->end) {
        if (*p->at == '\n') {
            p->at++;
            p->line++;
        } else if (!package_read(p)) {
            return false;
        }
    }
    count = p->found.size / sizeof(found);
    if (count == 0) {
        return fail(p, p->line, "no package in it");
    }
    qsort(p->found.data, count, sizeof(found), found_compare);
    return database_build(p, (const void *)p->found.data, count, database);
}

// Finds the line of the first byte that is not UTF-8: messages hold no other
// text, and the encoder could not name the line any more.
static bool text_check(parser *p, inlay_str text)
{
    size_t      valid = inlay_utf8_valid_prefix(text.data, text.size);
    size_t      line = 1;
    const char *at = text.data;

    if (valid == text.size) {
        return true;
    }
    while ((at = memchr(at, '\n', (size_t)(text.data + valid - at))) != NULL) {
        at++;
        line++;
    }
    return fail(p, line, "text that is not UTF-8");
}

bool control_parse(inlay_str text, inlay_arena *arena, dpkg_database *database,
                   control_error *error)
{
    static const dpkg_database none = DPKG_DATABASE_INIT;
    parser                     p = {.line = 1, .arena = arena, .error = error};
    bool                       good;

    *database = none;
    p.at = text.data;
    p.end = text.data + text.size;
    inlay_buffer_init(&p.extra, NULL);
    inlay_buffer_init(&p.found, NULL);
    good = text_check(&p, text) && database_read(&p, database);
    inlay_buffer_release(&p.found);
    inlay_buffer_release(&p.extra);
    return good;
}
