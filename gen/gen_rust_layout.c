// gen_rust_layout.c -- assertions that native types lie in memory as C's do:
// numbers in the module, the same numbers in C. They hold where pointers and
// 64-bit scalars take 8 bytes and are aligned to them; elsewhere `repr(C)` is
// the platform's business, in both languages.

#include <inttypes.h>

#include "gen/gen_rust_parts.h"

typedef struct laid_out {
    rust_out        *out;
    const rust_item *item;
    rust_layout      whole;
    const char      *rust; // ` code 4`, for all members
} laid_out;

static void assert_c(laid_out *self, const char *condition)
{
    emit_line(&self->out->layout,
              c_text(&self->out->model->c,
                     "INLAY_STATIC_ASSERT(%s, \"%s: Rust has it elsewhere\");",
                     condition, self->item->c->name));
}

static void add_member(laid_out *self, uint32_t index, const ir_type *type)
{
    c_model *m = &self->out->model->c;
    uint64_t offset = rust_layout_add(&self->whole, rust_layout_of(type));

    self->rust = c_text(m, "%s %s %" PRIu64, self->rust,
                        self->item->fields[index].name, offset);
    assert_c(self,
             c_text(m, "offsetof(%s, %s) == %" PRIu64, self->item->c->name,
                    self->item->c->fields[index].member, offset));
}

static void end_type(laid_out *self, const char *life)
{
    c_model *m = &self->out->model->c;

    rust_layout_end(&self->whole);
    assert_c(self, c_text(m, "sizeof(%s) == %" PRIu64, self->item->c->name,
                          self->whole.size));
    emit_line(&self->out->module,
              c_text(m, "    %s%s: %" PRIu64 " %" PRIu64 " {%s }",
                     self->item->name, life, self->whole.size,
                     self->whole.align, self->rust));
}

static void emit_record_layout(laid_out *self)
{
    const ir_record *record = self->item->decl->of.record;
    c_model         *m = &self->out->model->c;
    uint64_t         offset;
    uint32_t         i;

    for (i = 0; i < record->field_count; i++) {
        const ir_field *field = record->declared_fields[i];

        add_member(self, (uint32_t)(field - record->fields), field->type);
    }
    offset = rust_layout_add(&self->whole, (rust_layout){8, 8});
    self->rust = c_text(m, "%s unknown %" PRIu64, self->rust, offset);
    assert_c(self, c_text(m, "offsetof(%s, unknown) == %" PRIu64,
                          self->item->c->name, offset));
    end_type(self, "<'_>");
}

static void emit_struct_layout(laid_out *self)
{
    const ir_struct *structure = self->item->decl->of.structure;
    uint32_t         i;

    for (i = 0; i < structure->member_count; i++) {
        add_member(self, i, structure->members[i].type);
    }
    end_type(self, "");
}

// Rust can't name the payload of an enum; its size tells.
static void emit_union_layout(laid_out *self)
{
    c_model *m = &self->out->model->c;

    self->whole = rust_layout_of(self->item->decl->of.onion->type);
    assert_c(self,
             c_text(m, "offsetof(%s, unknown) == 8", self->item->c->name));
    end_type(self, "<'_>");
}

static void emit_layout(rust_out *out, const rust_item *item)
{
    laid_out self = {.out = out, .item = item, .whole = {0, 1}, .rust = ""};

    if (item->decl->kind == IR_DECL_RECORD) {
        emit_record_layout(&self);
    } else if (item->decl->kind == IR_DECL_STRUCT) {
        emit_struct_layout(&self);
    } else if (item->decl->kind == IR_DECL_UNION) {
        emit_union_layout(&self);
    }
}

void rust_emit_layouts(rust_out *out)
{
    size_t i;

    emit_text(&out->module, NULL, "\ninlay::layout! {\n");
    emit_text(&out->layout, NULL,
              "#if UINTPTR_MAX == UINT64_MAX && defined(__GNUC__)\n");
    for (i = 0; i < out->model->order_count; i++) {
        if (out->model->order[i]->c != NULL) {
            emit_layout(out, out->model->order[i]);
        }
    }
    emit_line(&out->module, "}");
    emit_text(&out->layout, NULL,
              "#endif\n"
              "\n"
              "/* A file of nothing but assertions is no C. */\n"
              "typedef int inlay_layout_asserted;\n");
}
