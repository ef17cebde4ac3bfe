// gen_rust_view.c -- views: what readers hold, and their accessors.

#include <string.h>

#include "gen/gen_rust_parts.h"
#include "schema/describe.h"

// Prints a function that takes nothing but itself; rustfmt breaks long ones so.
static void emit_function(rust_out *out, const char *name, const char *self,
                          const char *returns, const char *body)
{
    emit       *e = &out->module;
    c_model    *m = &out->model->c;
    const char *line = c_text(m, "pub fn %s(%s) -> %s {", name, self, returns);

    emit_line(e, "#[inline(always)]");
    if (strlen(line) + 4 > RUST_COLUMNS) {
        emit_line(e, c_text(m, "pub fn %s(", name));
        emit_line(e, c_text(m, "    %s,", self));
        line = c_text(m, ") -> %s {", returns);
    }
    if (strlen(line) + 4 > RUST_COLUMNS) {
        line = c_text(m, ") -> %s\n{", returns);
    }
    emit_text(e, EMIT_VARS({"line", line}), "$line$\n");
    emit_line(e, c_text(m, "    %s", body));
    emit_line(e, "}");
}

// ---- Records ----------------------------------------------------------------

static const char *accessor_doc(rust_out *out, const ir_field *field)
{
    rust_model *m = out->model;
    const char *doc = field->doc;

    if (doc == NULL || doc[0] == '\0') {
        doc = c_text(&m->c, "`%s: %s`.", field->name,
                     ir_type_text(&m->c.memory, field->type));
    }
    if (field->initial != NULL) {
        doc = c_text(&m->c, "%s\n\nDefault `%s`.", doc,
                     rust_literal(m, field->type, field->initial));
    }
    return doc;
}

static void emit_accessor(rust_out *out, const rust_item *item,
                          const ir_field *field)
{
    const ir_record  *record = item->decl->of.record;
    const rust_field *named = &item->fields[field - record->fields];

    emit_doc(&out->module, accessor_doc(out, field));
    if (field->deprecated) {
        emit_line(&out->module, "#[deprecated]");
    }
    emit_function(out, named->name, "self", rust_view(out->model, field->type),
                  c_text(&out->model->c, "%s::%s.read(self.record)", item->name,
                         named->place));
}

static void emit_record_view(rust_out *out, const rust_item *item)
{
    const ir_record *record = item->decl->of.record;
    emit            *e = &out->module;
    uint32_t         i;

    emit_text(e, EMIT_VARS({"name", item->name}, {"view", item->view}),
              "\n"
              "/// One [`$name$`] inside a message.\n"
              "#[derive(Clone, Copy)]\n"
              "pub struct $view$<'a, M: inlay::Mode = inlay::Raw> {\n"
              "    record: inlay::generated::Record<'a, M>,\n"
              "}\n");
    if (record->field_count == 0) {
        return;
    }
    emit_blank(e);
    emit_line(e, c_text(&out->model->c, "impl<'a, M: inlay::Mode> %s<'a, M> {",
                        item->view));
    emit_indent(e, 1);
    for (i = 0; i < record->field_count; i++) {
        if (i > 0) {
            emit_blank(e);
        }
        emit_accessor(out, item, record->declared_fields[i]);
    }
    emit_indent(e, -1);
    emit_line(e, "}");
}

// ---- Unions -----------------------------------------------------------------

static void emit_union_view(rust_out *out, const rust_item *item)
{
    const ir_union *onion = item->decl->of.onion;
    c_model        *m = &out->model->c;
    emit           *e = &out->module;
    uint32_t        i;

    emit_text(e, EMIT_VARS({"name", item->name}, {"view", item->view}),
              "\n"
              "/// One [`$name$`] inside a message.\n"
              "#[derive(Clone, Copy)]\n"
              "pub enum $view$<'a, M: inlay::Mode = inlay::Raw> {\n"
              "    /// None of them.\n"
              "    Unset,\n");
    emit_indent(e, 1);
    for (i = 0; i < onion->variant_count; i++) {
        const ir_variant *variant = &onion->variants[i];

        rust_emit_doc(out, variant->doc, c_text(m, "`%s`.", variant->name));
        emit_line(e, variant->type == NULL
                         ? c_text(m, "%s,", item->fields[i].name)
                         : c_text(m, "%s(%s),", item->fields[i].name,
                                  rust_view(out->model, variant->type)));
    }
    emit_indent(e, -1);
    emit_text(e, NULL,
              "    /// A variant of a later revision.\n"
              "    Unknown(inlay::UnknownVariant<'a, M>),\n"
              "}\n");
}

// ---- Setters ----------------------------------------------------------------

void rust_emit_view(rust_out *out, const rust_item *item)
{
    if (item->decl->kind == IR_DECL_RECORD) {
        emit_record_view(out, item);
    } else if (item->decl->kind == IR_DECL_UNION) {
        emit_union_view(out, item);
    }
}
