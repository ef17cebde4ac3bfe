// show.c -- see show.h.
//
// Everything is read in place: no struct is filled, no text is copied. The view
// may be clamped, on bytes that nobody verified; what is nonsense there prints
// as nonsense, an enum's value that has no name as its number.
#include "show.h"

#include "control_value.h"

void show_str(FILE *out, inlay_str text)
{
    fwrite(text.data, 1, text.size, out);
}

// ---- Values -----------------------------------------------------------------

// Names of the schema have underscores where dpkg has dashes.
static void show_enum(FILE *out, const char *name, unsigned value)
{
    if (name == NULL) {
        fprintf(out, "%u", value);
        return;
    }
    for (; *name != '\0'; name++) {
        fputc(*name == '_' ? '-' : *name, out);
    }
}

static const char *relation_sign(dpkg_relation relation)
{
    switch (relation) {
    case DPKG_RELATION_EARLIER:
        return "<<";
    case DPKG_RELATION_EARLIER_OR_EQUAL:
        return "<=";
    case DPKG_RELATION_EQUAL:
        return "=";
    case DPKG_RELATION_LATER_OR_EQUAL:
        return ">=";
    case DPKG_RELATION_LATER:
        return ">>";
    default:
        return "?";
    }
}

static void show_alternative(FILE *out, dpkg_alternative_view alternative)
{
    inlay_str     architecture = dpkg_alternative_get_architecture(alternative);
    dpkg_relation relation = dpkg_alternative_get_relation(alternative);

    show_str(out, dpkg_alternative_get_name(alternative));
    if (architecture.size > 0) {
        fputc(':', out);
        show_str(out, architecture);
    }
    if (relation != DPKG_RELATION_ANY) {
        fprintf(out, " (%s ", relation_sign(relation));
        show_str(out, dpkg_alternative_get_version(alternative));
        fputc(')', out);
    }
}

void show_alternatives(FILE *out, dpkg_alternative_list_view alternatives)
{
    size_t count = dpkg_alternative_list_count(alternatives);
    size_t i;

    for (i = 0; i < count; i++) {
        fputs(i > 0 ? " | " : "", out);
        show_alternative(out, dpkg_alternative_list_at(alternatives, i));
    }
}

static void show_conffile(FILE *out, dpkg_conffile_view file)
{
    size_t i;

    fputc(' ', out);
    show_str(out, dpkg_conffile_get_path(file));
    fputc(' ', out);
    if (dpkg_conffile_has_md5(file)) {
        for (i = 0; i < 16; i++) {
            fprintf(out, "%02x", dpkg_conffile_get_md5(file, i));
        }
    } else {
        fputs("newconffile", out);
    }
    fputs(dpkg_conffile_get_obsolete(file) ? " obsolete" : "", out);
    fputs(dpkg_conffile_get_remove_on_upgrade(file) ? " remove-on-upgrade" : "",
          out);
}

// ---- Fields -----------------------------------------------------------------
//
// Each prints its value, what stands before it included, and returns whether
// there was one.

static bool show_text(FILE *out, const char *name, inlay_str text)
{
    if (text.size == 0) {
        return false;
    }
    fprintf(out, "%s: ", name);
    show_str(out, text);
    fputc('\n', out);
    return true;
}

static bool show_yes(FILE *out, const char *name, bool has, bool value)
{
    if (has) {
        fprintf(out, "%s: %s\n", name, value ? "yes" : "no");
    }
    return has;
}

static bool show_essential(FILE *out, const char *name, dpkg_package_view p)
{
    return show_yes(out, name, dpkg_package_has_essential(p),
                    dpkg_package_get_essential(p));
}

static bool show_protected(FILE *out, const char *name, dpkg_package_view p)
{
    return show_yes(out, name, dpkg_package_has_protected(p),
                    dpkg_package_get_protected(p));
}

static bool show_status(FILE *out, const char *name, dpkg_package_view p)
{
    dpkg_status status = dpkg_package_get_status(p);

    if (!dpkg_package_has_status(p)) {
        return false;
    }
    fprintf(out, "%s: ", name);
    show_enum(out, dpkg_want_name(status.want), status.want);
    fputc(' ', out);
    show_enum(out, dpkg_flag_name(status.flag), status.flag);
    fputc(' ', out);
    show_enum(out, dpkg_state_name(status.state), status.state);
    fputc('\n', out);
    return true;
}

static bool show_priority(FILE *out, const char *name, dpkg_package_view p)
{
    dpkg_priority priority = dpkg_package_get_priority(p);

    if (!dpkg_package_has_priority(p)) {
        return false;
    }
    fprintf(out, "%s: ", name);
    show_enum(out, dpkg_priority_name(priority), priority);
    fputc('\n', out);
    return true;
}

static bool show_multi_arch(FILE *out, const char *name, dpkg_package_view p)
{
    dpkg_multi_arch multi_arch = dpkg_package_get_multi_arch(p);

    if (!dpkg_package_has_multi_arch(p)) {
        return false;
    }
    fprintf(out, "%s: ", name);
    show_enum(out, dpkg_multi_arch_name(multi_arch), multi_arch);
    fputc('\n', out);
    return true;
}

static bool show_installed_size(FILE *out, const char *name,
                                dpkg_package_view p)
{
    if (!dpkg_package_has_installed_size(p)) {
        return false;
    }
    fprintf(out, "%s: %llu\n", name,
            (unsigned long long)dpkg_package_get_installed_size(p));
    return true;
}

static bool show_conffiles(FILE *out, const char *name, dpkg_package_view p)
{
    dpkg_conffile_list_view files = dpkg_package_get_conffiles(p);
    size_t                  count = dpkg_conffile_list_count(files);
    size_t                  i;

    if (count == 0) {
        return false;
    }
    fprintf(out, "%s:\n", name);
    for (i = 0; i < count; i++) {
        show_conffile(out, dpkg_conffile_list_at(files, i));
        fputc('\n', out);
    }
    return true;
}

static bool show_description(FILE *out, const char *name, dpkg_package_view p)
{
    inlay_str summary = dpkg_package_get_summary(p);
    inlay_str description = dpkg_package_get_description(p);

    if (summary.size == 0 && description.size == 0) {
        return false;
    }
    fprintf(out, summary.size > 0 ? "%s: " : "%s:", name);
    show_str(out, summary);
    fputc('\n', out);
    if (description.size > 0) {
        show_str(out, description);
        fputc('\n', out);
    }
    return true;
}

// A field that came before or behind all that dpkg knows.
static void show_extra(FILE *out, dpkg_field_view field)
{
    inlay_str value = dpkg_field_get_value(field);

    show_str(out, dpkg_field_get_name(field));
    fputs(value.size == 0 || value.data[0] == '\n' ? ":" : ": ", out);
    show_str(out, value);
    fputc('\n', out);
}

static bool show_relations(FILE *out, const char *name,
                           dpkg_relations_view relations)
{
    size_t count = dpkg_relations_count(relations);
    size_t i;

    if (count == 0) {
        return false;
    }
    fprintf(out, "%s: ", name);
    for (i = 0; i < count; i++) {
        fputs(i > 0 ? ", " : "", out);
        show_alternatives(out, dpkg_relations_at(relations, i));
    }
    fputc('\n', out);
    return true;
}

// ---- Packages ---------------------------------------------------------------

// All fields in dpkg's order; each has one way to print it.
static const struct field {
    inlay_str name;
    inlay_str (*text)(dpkg_package_view package);
    dpkg_relations_view (*relations)(dpkg_package_view package);
    bool (*other)(FILE *out, const char *name, dpkg_package_view package);
} fields[] = {
    {INLAY_STR("Essential"), .other = show_essential},
    {INLAY_STR("Protected"), .other = show_protected},
    {INLAY_STR("Status"), .other = show_status},
    {INLAY_STR("Priority"), .other = show_priority},
    {INLAY_STR("Section"), .text = dpkg_package_get_section},
    {INLAY_STR("Installed-Size"), .other = show_installed_size},
    {INLAY_STR("Origin"), .text = dpkg_package_get_origin},
    {INLAY_STR("Maintainer"), .text = dpkg_package_get_maintainer},
    {INLAY_STR("Bugs"), .text = dpkg_package_get_bugs},
    {INLAY_STR("Architecture"), .text = dpkg_package_get_architecture},
    {INLAY_STR("Multi-Arch"), .other = show_multi_arch},
    {INLAY_STR("Source"), .text = dpkg_package_get_source},
    {INLAY_STR("Version"), .text = dpkg_package_get_version},
    {INLAY_STR("Config-Version"), .text = dpkg_package_get_config_version},
    {INLAY_STR("Replaces"), .relations = dpkg_package_get_replaces},
    {INLAY_STR("Provides"), .relations = dpkg_package_get_provides},
    {INLAY_STR("Depends"), .relations = dpkg_package_get_depends},
    {INLAY_STR("Pre-Depends"), .relations = dpkg_package_get_pre_depends},
    {INLAY_STR("Recommends"), .relations = dpkg_package_get_recommends},
    {INLAY_STR("Suggests"), .relations = dpkg_package_get_suggests},
    {INLAY_STR("Breaks"), .relations = dpkg_package_get_breaks},
    {INLAY_STR("Conflicts"), .relations = dpkg_package_get_conflicts},
    {INLAY_STR("Enhances"), .relations = dpkg_package_get_enhances},
    {INLAY_STR("Conffiles"), .other = show_conffiles},
    {INLAY_STR("Description"), .other = show_description},
    {INLAY_STR("Triggers-Pending"), .text = dpkg_package_get_triggers_pending},
    {INLAY_STR("Triggers-Awaited"), .text = dpkg_package_get_triggers_awaited},
};
#define FIELD_COUNT (sizeof fields / sizeof fields[0])

static bool show_modelled(FILE *out, const struct field *field,
                          dpkg_package_view package)
{
    const char *name = field->name.data;

    if (field->text != NULL) {
        return show_text(out, name, field->text(package));
    }
    if (field->relations != NULL) {
        return show_relations(out, name, field->relations(package));
    }
    return field->other(out, name, package);
}

static bool is_modelled(inlay_str name)
{
    size_t i;

    for (i = 0; i < FIELD_COUNT; i++) {
        if (value_names_equal(name, fields[i].name)) {
            return true;
        }
    }
    return false;
}

// Prints a field of the model whose value the model could not hold.
static void show_unfit(FILE *out, inlay_str name, dpkg_field_list_view extra)
{
    size_t count = dpkg_field_list_count(extra);
    size_t i;

    for (i = 0; i < count; i++) {
        dpkg_field_view field = dpkg_field_list_at(extra, i);

        if (value_names_equal(dpkg_field_get_name(field), name)) {
            show_extra(out, field);
            return;
        }
    }
}

// Prints what dpkg has no order for: as it came.
static void show_arbitrary(FILE *out, dpkg_package_view package,
                           dpkg_field_list_view extra)
{
    size_t count = dpkg_field_list_count(extra);
    size_t before = dpkg_package_get_before_homepage(package);
    size_t i;

    for (i = 0; i <= count; i++) {
        dpkg_field_view field = dpkg_field_list_at(extra, i);

        if (i == before) {
            show_text(out, "Homepage", dpkg_package_get_homepage(package));
        }
        if (i < count && !is_modelled(dpkg_field_get_name(field))) {
            show_extra(out, field);
        }
    }
}

void show_package(FILE *out, inlay_str name, dpkg_package_view package)
{
    dpkg_field_list_view extra = dpkg_package_get_extra(package);
    size_t               i;

    show_text(out, "Package", name);
    for (i = 0; i < FIELD_COUNT; i++) {
        if (!show_modelled(out, &fields[i], package)) {
            show_unfit(out, fields[i].name, extra);
        }
    }
    show_arbitrary(out, package, extra);
}
