// query.c -- see query.h.
#include "query.h"

#include <stdlib.h>

#include <inlay/buffer.h>

#include "show.h"

// ---- Reverse dependencies ---------------------------------------------------

// The relations by which one package wants another, the strongest first.
static const struct want {
    const char *name;
    dpkg_relations_view (*get)(dpkg_package_view package);
} wants[] = {
    {"Pre-Depends", dpkg_package_get_pre_depends},
    {"Depends", dpkg_package_get_depends},
    {"Recommends", dpkg_package_get_recommends},
    {"Suggests", dpkg_package_get_suggests},
    {"Enhances", dpkg_package_get_enhances},
};

static bool stands_among(dpkg_alternative_list_view alternatives,
                         inlay_str                  name)
{
    size_t count = dpkg_alternative_list_count(alternatives);
    size_t i;

    for (i = 0; i < count; i++) {
        dpkg_alternative_view one = dpkg_alternative_list_at(alternatives, i);

        if (inlay_str_equal(dpkg_alternative_get_name(one), name)) {
            return true;
        }
    }
    return false;
}

static void show_want(FILE *out, inlay_str who, dpkg_package_view package,
                      const char *field, dpkg_alternative_list_view what)
{
    show_str(out, who);
    fputc(':', out);
    show_str(out, dpkg_package_get_architecture(package));
    fprintf(out, " %s%s ", field,
            dpkg_alternative_list_count(what) > 1 ? " (one of)" : "");
    show_alternatives(out, what);
    fputc('\n', out);
}

static size_t package_wants(FILE *out, inlay_str who, dpkg_package_view package,
                            inlay_str name)
{
    size_t found = 0;
    size_t i, j;

    for (i = 0; i < sizeof wants / sizeof wants[0]; i++) {
        dpkg_relations_view relations = wants[i].get(package);
        size_t              count = dpkg_relations_count(relations);

        for (j = 0; j < count; j++) {
            dpkg_alternative_list_view what = dpkg_relations_at(relations, j);

            if (stands_among(what, name)) {
                show_want(out, who, package, wants[i].name, what);
                found++;
            }
        }
    }
    return found;
}

size_t query_rdepends(FILE *out, dpkg_database_view database, inlay_str name)
{
    dpkg_database_packages_view packages = dpkg_database_get_packages(database);
    size_t                      count = dpkg_database_packages_count(packages);
    size_t                      found = 0;
    size_t                      i, j;

    for (i = 0; i < count; i++) {
        inlay_str              who = dpkg_database_packages_key_at(packages, i);
        dpkg_package_list_view list =
            dpkg_database_packages_value_at(packages, i);

        for (j = 0; j < dpkg_package_list_count(list); j++) {
            found +=
                package_wants(out, who, dpkg_package_list_at(list, j), name);
        }
    }
    return found;
}

// ---- Sections ---------------------------------------------------------------

typedef struct section {
    inlay_str name;
    uint64_t  size; // KiB
    size_t    count;
} section;

static bool is_installed(dpkg_package_view package)
{
    // Packages of an archive's list have no status, and count.
    return !dpkg_package_has_status(package) ||
           dpkg_package_get_status(package).state > DPKG_STATE_CONFIG_FILES;
}

// Adds a package to its section; there are a few dozen of them.
static bool sections_add(inlay_buffer *sections, dpkg_package_view package)
{
    section  one = {dpkg_package_get_section(package),
                    dpkg_package_get_installed_size(package), 1};
    section *all = (void *)sections->data;
    size_t   count = sections->size / sizeof *all;
    size_t   i;

    for (i = 0; i < count; i++) {
        if (inlay_str_equal(all[i].name, one.name)) {
            all[i].size += one.size;
            all[i].count++;
            return true;
        }
    }
    return inlay_buffer_append(sections, &one, sizeof one);
}

static bool sections_collect(inlay_buffer      *sections,
                             dpkg_database_view database)
{
    dpkg_database_packages_view packages = dpkg_database_get_packages(database);
    size_t                      count = dpkg_database_packages_count(packages);
    size_t                      i, j;

    for (i = 0; i < count; i++) {
        dpkg_package_list_view list =
            dpkg_database_packages_value_at(packages, i);

        for (j = 0; j < dpkg_package_list_count(list); j++) {
            dpkg_package_view package = dpkg_package_list_at(list, j);

            if (is_installed(package) && !sections_add(sections, package)) {
                return false;
            }
        }
    }
    return true;
}

static int section_compare(const void *a, const void *b)
{
    const section *left = a;
    const section *right = b;

    if (left->size != right->size) {
        return left->size < right->size ? 1 : -1;
    }
    return inlay_str_compare(left->name, right->name);
}

bool query_sections(FILE *out, dpkg_database_view database)
{
    section      total = {.size = 0};
    inlay_buffer sections;
    section     *all;
    size_t       i;
    bool         good;

    inlay_buffer_init(&sections, NULL);
    good = sections_collect(&sections, database);
    all = (void *)sections.data;
    if (sections.size > 0) {
        qsort(all, sections.size / sizeof *all, sizeof *all, section_compare);
    }
    for (i = 0; good && i < sections.size / sizeof *all; i++) {
        fprintf(out, "%12llu KiB  %6zu  ", (unsigned long long)all[i].size,
                all[i].count);
        show_str(out, all[i].name);
        fputc('\n', out);
        total.size += all[i].size;
        total.count += all[i].count;
    }
    if (good) {
        fprintf(out, "%12llu KiB  %6zu  total\n",
                (unsigned long long)total.size, total.count);
    }
    inlay_buffer_release(&sections);
    return good;
}
