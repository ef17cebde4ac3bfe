// gen_rust_view.c -- views: what readers hold, and their accessors.

#include <string.h>

#include "gen/gen_rust_parts.h"
#include "schema/describe.h"

// Prints a function of up to two parameters, the second NULL where there is
// one; rustfmt breaks long ones so.
static void emit_function(rust_out *out, const char *name, const char *self,
                          const char *value, const char *returns,
                          const char *body)
{
    emit       *e = &out->module;
    c_model    *m = &out->model->c;
    const char *line =
        c_text(m, "pub fn %s(%s%s%s) -> %s {", name, self,
               value == NULL ? "" : ", ", value == NULL ? "" : value, returns);

    if (strlen(line) + 4 > RUST_COLUMNS) {
        emit_line(e, c_text(m, "pub fn %s(", name));
        emit_line(e, c_text(m, "    %s,", self));
        if (value != NULL) {
            emit_line(e, c_text(m, "    %s,", value));
        }
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
    emit_line(&out->module, "#[inline(always)]");
    emit_function(out, named->name, "self", NULL,
                  rust_view(out->model, field->type),
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

static void emit_setter(rust_out *out, const rust_item *item,
                        const ir_field *field, const rust_field *named,
                        const char *set)
{
    c_model *m = &out->model->c;

    emit_line(
        &out->module,
        c_text(m,
               set[0] == '&'
                   ? "/// Sets `%s` to another of its size; false when it "
                     "has none of that."
                   : "/// Sets `%s`; false when the message has no room "
                     "for it.",
               field->name));
    emit_function(out, c_text(m, "set_%s", named->name), "&mut self",
                  c_text(m, "value: %s", set), "bool",
                  c_text(m, "%s::%s.set(&mut self.record, value)", item->name,
                         named->place));
}

static void emit_way(rust_out *out, const rust_item *item,
                     const ir_field *field, const rust_field *named,
                     const char *reach)
{
    c_model *m = &out->model->c;

    emit_line(&out->module,
              c_text(m, "/// What `%s` holds, to set it.", field->name));
    emit_function(
        out, c_text(m, "%s_mut", named->name), "&mut self", NULL, reach,
        c_text(m, "%s::%s.reach(&mut self.record)", item->name, named->place));
}

static void emit_field_setter(rust_out *out, const rust_item *item,
                              const ir_field *field)
{
    const rust_field *named =
        &item->fields[field - item->decl->of.record->fields];
    const char *set = rust_set(out->model, field->type);
    const char *reach = rust_reach(out->model, field->type);

    if (set != NULL || reach != NULL) {
        emit_blank(&out->module);
    }
    if (set != NULL) {
        emit_setter(out, item, field, named, set);
    } else if (reach != NULL) {
        emit_way(out, item, field, named, reach);
    }
}

static void emit_setters(rust_out *out, const rust_item *item)
{
    const ir_record *record = item->decl->of.record;
    uint32_t         i;

    emit_text(&out->module,
              EMIT_VARS({"name", item->name}, {"setter", item->setter}),
              "\n"
              "/// One [`$name$`] inside a message that may be written.\n"
              "pub struct $setter$<'a> {\n"
              "    record: inlay::generated::RecordMut<'a>,\n"
              "}\n"
              "\n"
              "impl<'a> $setter$<'a> {\n"
              "    /// Opens any bytes.\n"
              "    pub fn open(bytes: &'a mut [u8]) -> Self {\n"
              "        inlay::generated::RecordMut::open(bytes).into()\n"
              "    }\n");
    emit_indent(&out->module, 1);
    for (i = 0; i < record->field_count; i++) {
        emit_field_setter(out, item, record->declared_fields[i]);
    }
    emit_indent(&out->module, -1);
    emit_line(&out->module, "}");
    emit_text(&out->module, EMIT_VARS({"setter", item->setter}),
              "\n"
              "impl<'a> From<inlay::generated::RecordMut<'a>> for "
              "$setter$<'a> {\n"
              "    fn from(record: inlay::generated::RecordMut<'a>) -> Self {\n"
              "        $setter$ { record }\n"
              "    }\n"
              "}\n");
}

void rust_emit_view(rust_out *out, const rust_item *item)
{
    if (item->decl->kind == IR_DECL_RECORD) {
        emit_record_view(out, item);
        emit_setters(out, item);
    } else if (item->decl->kind == IR_DECL_UNION) {
        emit_union_view(out, item);
    }
}
