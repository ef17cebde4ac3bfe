// gen_walk.c -- makes a walker of a schema's generated code: `gen_walk
// FILE.inlay OUT.c`. See walk.h for what it is to do.
//
// It asks the C back end's own model for names, so it follows whatever those
// become.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "gen/c_walk.h"
#include "schema/schema.h"

typedef struct output {
    FILE    *file;
    c_model *m;
} output;

// Where something is read: the call without its closing parenthesis.
typedef struct access {
    const char *get;
    const char *has; // or NULL
} access;

// ---- Reading ----------------------------------------------------------------

// Walks one value, whose accessor may want an array's indices.
static void put_value(output *o, const ir_type *type, const char *get,
                      const char *indent)
{
    const char *more = "";
    const char *inner = indent;
    const char *name;
    int         depth = 0;
    int         i;

    for (; type->kind == IR_ARRAY; type = type->element, depth++) {
        fprintf(o->file, "%sfor (size_t i%d = 0; i%d <= %u; i%d++) {\n", inner,
                depth, depth, type->count, depth);
        more = c_text(o->m, "%s, i%d", more, depth);
        inner = c_text(o->m, "%s    ", inner);
    }
    name = c_walk_name(o->m, type);
    fprintf(o->file, "%swalk_%s(w, %s%s));\n", inner, name, get, more);
    for (i = depth; i > 0; i--) {
        fprintf(o->file, "%s%*s}\n", indent, 4 * (i - 1), "");
    }
}

static void put_access(output *o, const ir_type *type, access from,
                       const char *indent)
{
    if (from.has != NULL) {
        fprintf(o->file, "%swalk_bool(w, %s));\n", indent, from.has);
    }
    put_value(o, c_walk_value(type), from.get, indent);
}

static void put_record(output *o, const c_item *item)
{
    size_t i;

    fprintf(o->file,
            "static void walk_%s(walk *w, %s_view self)\n"
            "{\n"
            "    if (!walk_enter_record(w, self.record.fixed == 0 && "
            "self.record.slots == 0)) {\n"
            "        return;\n"
            "    }\n",
            item->name, item->name);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];
        access from = {c_text(o->m, "%s_get_%s(self", item->name, field->name),
                       c_walk_has(field->ir) ? c_text(o->m, "%s_has_%s(self",
                                                      item->name, field->name)
                                             : NULL};

        put_access(o, field->type, from, "    ");
    }
    fprintf(o->file, "    walk_leave_record(w);\n}\n\n");
}

static void put_union(output *o, const c_item *item)
{
    size_t i;

    fprintf(o->file,
            "static void walk_%s(walk *w, %s_view self)\n"
            "{\n"
            "    if (!walk_enter_record(w, self.onion.tag == 0)) {\n"
            "        return;\n"
            "    }\n"
            "    walk_u8(w, %s_tag(self));\n"
            "    if (%s_tag(self) > %zu) {\n"
            "        walk_bytes(w, %s_payload(self));\n"
            "    } else {\n"
            "        walk_touch(w, %s_payload(self));\n"
            "    }\n",
            item->name, item->name, item->name, item->name, item->field_count,
            item->name, item->name);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (field->type != NULL) {
            put_value(o, field->type,
                      c_text(o->m, "%s_get_%s(self", item->name, field->name),
                      "    ");
        }
    }
    fprintf(o->file, "    walk_leave_record(w);\n}\n\n");
}

static void put_struct(output *o, const c_item *item)
{
    size_t i;

    fprintf(o->file, "static void walk_%s(walk *w, %s self)\n{\n", item->name,
            item->name);
    for (i = 0; i < item->field_count; i++) {
        const ir_type *type = item->fields[i].type;
        const char    *x = c_text(o->m, "self.%s", item->fields[i].member);
        int            depth = 0;

        for (; type->kind == IR_ARRAY; type = type->element, depth++) {
            fprintf(o->file, "    for (size_t i%d = 0; i%d < %u; i%d++)\n",
                    depth, depth, type->count, depth);
            x = c_text(o->m, "%s[i%d]", x, depth);
        }
        fprintf(o->file, "    walk_%s(w, %s);\n", c_walk_name(o->m, type), x);
    }
    fprintf(o->file, "}\n\n");
}

// Opens the loop over a list's or a map's elements.
static void put_loop(output *o, const char *name)
{
    fprintf(o->file,
            "static void walk_%s(walk *w, %s_view self)\n"
            "{\n"
            "    size_t count = %s_count(self);\n"
            "    size_t i;\n"
            "\n"
            "    if (!walk_enter(w)) {\n"
            "        return;\n"
            "    }\n"
            "    walk_u64(w, count);\n"
            "    for (i = 0; walk_more(w, i, count); i++) {\n",
            name, name, name);
}

static void put_loop_end(output *o)
{
    fprintf(o->file, "    }\n"
                     "    walk_leave(w);\n"
                     "}\n\n");
}

static void put_list(output *o, const c_item *item)
{
    const ir_type *element = c_walk_element(item);
    access         from = {c_text(o->m, "%s_at(self, i", item->name),
                   c_walk_has_at(element)
                               ? c_text(o->m, "%s_has_at(self, i", item->name)
                               : NULL};

    put_loop(o, item->name);
    put_access(o, element, from, "        ");
    put_loop_end(o);
}

static void put_fixed_list(output *o, const c_item *item)
{
    const char *name = c_text(o->m, "%s_list", item->name);

    put_loop(o, name);
    put_value(o, item->type, c_text(o->m, "%s_at(self, i", name), "        ");
    put_loop_end(o);
}

static void put_map(output *o, const c_item *item)
{
    const ir_type *key = item->type->key;
    const ir_type *value = item->type->element;
    access         from = {c_text(o->m, "%s_value_at(self, i", item->name),
                   c_walk_has_at(value)
                               ? c_text(o->m, "%s_has_at(self, i", item->name)
                               : NULL};

    put_loop(o, item->name);
    fprintf(o->file,
            "        size_t found = %s_find(self, %s_key_at(self, i));\n"
            "\n"
            "        walk_%s(w, %s_key_at(self, i));\n"
            "        walk_u64(w, found);\n"
            "        w->lost += i < count && found != i ? 1 : 0;\n",
            item->name, item->name,
            key->kind == IR_ARRAY ? "bytes" : c_walk_name(o->m, key),
            item->name);
    put_access(o, value, from, "        ");
    put_loop_end(o);
}

// ---- Setting ----------------------------------------------------------------

// Whether setters may be found behind a type.
static bool leads_on(const ir_type *type)
{
    type = c_walk_value(type);
    switch (type->kind) {
    case IR_RECORD:
    case IR_UNION:
    case IR_MAP:
        return true;
    case IR_LIST:
        return leads_on(type->element);
    default:
        return false;
    }
}

// Makes up a value of a fixed type, arrays excepted.
static void put_random(output *o, const ir_type *type, const char *name)
{
    const char *native = c_native(o->m, type);

    if (type->kind == IR_STRUCT) {
        fprintf(o->file,
                "        uint8_t random[%u];\n"
                "        %s %s;\n"
                "\n"
                "        setter_fill(s, random, sizeof random);\n"
                "        %s = %s_load(random);\n",
                type->size, native, name, name, native);
        return;
    }
    fprintf(o->file, "        %s %s = ", native, name);
    switch (c_scalar(type)) {
    case IR_BOOL:
        fprintf(o->file, "(setter_random(s) & 1) != 0;\n\n");
        break;
    case IR_F32:
        fprintf(o->file,
                "inlay_f32_from_bits((uint32_t)setter_random(s));\n\n");
        break;
    case IR_F64:
        fprintf(o->file, "inlay_f64_from_bits(setter_random(s));\n\n");
        break;
    default:
        fprintf(o->file, "(%s)setter_random(s);\n\n", native);
        break;
    }
}

// Compares what is read now with `expected`.
static void put_same(output *o, const ir_type *type, const char *get,
                     const char *expected, const char *label)
{
    const char *name = c_walk_name(o->m, type);

    fprintf(o->file,
            "            walk a = walk_start(1000), b = walk_start(1000);\n"
            "\n"
            "            walk_%s(&a, %s));\n"
            "            walk_%s(&b, %s);\n"
            "            setter_same(s, a, b, \"%s\", \"reads otherwise\");\n",
            name, get, name, expected, label);
}

// Returns the condition that the message has room for the field.
static const char *room_for(output *o, const c_item *item, const c_field *field)
{
    const ir_field *ir = field->ir;
    const ir_type  *type = c_walk_value(field->type);
    uint32_t        end = ir->offset + type->size;

    switch (ir->place) {
    case IR_PLACE_SLOT_OPTIONAL:
        return c_text(o->m, "%s_has_%s(self)", item->name, field->name);
    case IR_PLACE_BIT:
    case IR_PLACE_BIT_OPTIONAL:
        end = ir->offset + 1;
        break;
    default:
        break;
    }
    return c_text(o->m, "self.record.fixed >= %u", end);
}

// One setter, there and back.
static void put_set(output *o, const c_item *item, const c_field *field)
{
    const ir_type *type = c_walk_value(field->type);
    bool           array = type->kind == IR_ARRAY;
    bool           optional = field->type->kind == IR_OPTIONAL;
    const char    *label = c_text(o->m, "%s.%s", item->name, field->name);
    const char *get = c_text(o->m, "%s_get_%s(self", item->name, field->name);
    const char *set = c_text(o->m, "%s_set_%s(self", item->name, field->name);
    const char *room = room_for(o, item, field);
    bool        clears = optional && field->ir->place != IR_PLACE_SLOT_OPTIONAL;
    uint32_t    count = 1;
    const ir_type *base = c_array_base(type, &count);

    if (array) {
        const ir_type *step = type;
        uint32_t       inner = count;
        const char    *indices = "";

        // The index is that of the innermost element.
        for (; step->kind == IR_ARRAY; step = step->element) {
            inner /= step->count;
            indices =
                c_text(o->m, "%s, at / %u %% %u", indices, inner, step->count);
        }
        get = c_text(o->m, "%s%s", get, indices);
        set = c_text(o->m, "%s, at", set);
    }
    fprintf(o->file, "    {\n");
    if (array) {
        fprintf(o->file,
                "        size_t at = (size_t)(setter_random(s) %% %u);\n",
                count);
    }
    fprintf(o->file, "        %s old = %s);\n", c_native(o->m, base), get);
    fprintf(o->file, "        bool room = %s;\n", room);
    if (clears) {
        fprintf(o->file, "        bool had = %s_has_%s(self);\n", item->name,
                field->name);
    }
    put_random(o, base, "value");
    fprintf(o->file,
            "        if (setter_done(s, %s, value), room, \"%s\")) {\n", set,
            label);
    put_same(o, base, get, "value", label);
    if (optional) {
        fprintf(o->file,
                "            setter_check(s, %s_has_%s(self), \"%s\", "
                "\"set, and not there\");\n",
                item->name, field->name, label);
    }
    fprintf(o->file, "            (void)%s, old);\n", set);
    if (clears) {
        fprintf(o->file,
                "            if (!had) {\n"
                "                (void)%s_clear_%s(self);\n"
                "            }\n",
                item->name, field->name);
    }
    fprintf(o->file, "            setter_restored(s, \"%s\");\n        }\n",
            label);
    if (array) {
        fprintf(o->file,
                "        setter_check(s, !%s_set_%s(self, %u, value), \"%s\", "
                "\"set beyond the end\");\n",
                item->name, field->name, count, label);
    }
    fprintf(o->file, "    }\n");
}

// Makes an optional absent.
static void put_clear(output *o, const c_item *item, const c_field *field)
{
    const ir_type *type = c_walk_value(field->type);
    const char    *label = c_text(o->m, "%s.%s", item->name, field->name);
    uint32_t       count;
    const ir_type *base = c_array_base(type, &count);
    const char    *indices = "";

    for (; type->kind == IR_ARRAY; type = type->element) {
        indices = c_text(o->m, "%s, 0", indices);
    }
    fprintf(o->file,
            "    {\n"
            "        %s zero;\n"
            "\n"
            "        memset(&zero, 0, sizeof zero);\n"
            "        if (setter_done(s, %s_clear_%s(self), %s, \"%s\")) {\n",
            c_native(o->m, base), item->name, field->name,
            room_for(o, item, field), label);
    put_same(o, base,
             c_text(o->m, "%s_get_%s(self%s", item->name, field->name, indices),
             "zero", label);
    fprintf(o->file,
            "            setter_check(s, !%s_has_%s(self), \"%s\", \"cleared, "
            "and there\");\n"
            "            setter_restore(s);\n"
            "        }\n"
            "    }\n",
            item->name, field->name, label);
}

static void put_set_field(output *o, const c_item *item, const c_field *field)
{
    const ir_type *type = c_walk_value(field->type);

    switch (field->ir->place) {
    case IR_PLACE_BIT:
    case IR_PLACE_FIXED:
        put_set(o, item, field);
        break;
    case IR_PLACE_BIT_OPTIONAL:
    case IR_PLACE_FIXED_OPTIONAL:
        if (type->kind != IR_ARRAY) {
            put_set(o, item, field);
        }
        put_clear(o, item, field);
        break;
    case IR_PLACE_SLOT_OPTIONAL:
        if (type->fixed && type->kind != IR_ARRAY) {
            put_set(o, item, field);
        }
        break;
    default:
        break;
    }
    if (leads_on(type)) {
        fprintf(o->file, "    set_%s(s, %s_get_%s(self));\n",
                c_walk_name(o->m, type), item->name, field->name);
    }
}

static void put_set_record(output *o, const c_item *item)
{
    size_t i;

    fprintf(o->file,
            "static void set_%s(setter *s, %s_view self)\n"
            "{\n"
            "    if ((self.record.fixed == 0 && self.record.slots == 0) || "
            "!setter_enter(s)) {\n"
            "        return;\n"
            "    }\n",
            item->name, item->name);
    for (i = 0; i < item->field_count; i++) {
        put_set_field(o, item, &item->fields[i]);
    }
    fprintf(o->file, "    s->depth--;\n}\n\n");
}

static void put_set_union(output *o, const c_item *item)
{
    size_t i;

    fprintf(o->file,
            "static void set_%s(setter *s, %s_view self)\n"
            "{\n"
            "    if (self.onion.tag == 0 || !setter_enter(s)) {\n"
            "        return;\n"
            "    }\n",
            item->name, item->name);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (field->type != NULL && leads_on(field->type)) {
            fprintf(o->file, "    set_%s(s, %s_get_%s(self));\n",
                    c_walk_name(o->m, field->type), item->name, field->name);
        }
    }
    fprintf(o->file, "    s->depth--;\n}\n\n");
}

static void put_set_elements(output *o, const char *name, const ir_type *type,
                             const char *at)
{
    fprintf(o->file,
            "static void set_%s(setter *s, %s_view self)\n"
            "{\n"
            "    size_t count = %s_count(self);\n"
            "    size_t i;\n"
            "\n"
            "    for (i = 0; i < count && s->budget > 0; i++) {\n",
            name, name, name);
    if (leads_on(type)) {
        fprintf(o->file, "        set_%s(s, %s_%s(self, i));\n",
                c_walk_name(o->m, c_walk_value(type)), name, at);
    } else {
        fprintf(o->file, "        (void)s;\n");
    }
    fprintf(o->file, "    }\n}\n\n");
}

// ---- Files ------------------------------------------------------------------

static void put_forward(output *o, const c_item *item)
{
    switch (item->kind) {
    case C_RECORD:
    case C_UNION:
    case C_MAP:
        fprintf(o->file, "static void set_%s(setter *s, %s_view self);\n",
                item->name, item->name);
        break;
    case C_LIST:
        if (leads_on(c_walk_element(item))) {
            fprintf(o->file, "static void set_%s(setter *s, %s_view self);\n",
                    item->name, item->name);
        }
        break;
    case C_STRUCT:
        fprintf(o->file, "static void walk_%s(walk *w, %s self);\n", item->name,
                item->name);
        // fall through
    case C_ENUM:
        fprintf(o->file,
                "static void walk_%s_list(walk *w, %s_list_view self);\n",
                item->name, item->name);
        return;
    default:
        return;
    }
    fprintf(o->file, "static void walk_%s(walk *w, %s_view self);\n",
            item->name, item->name);
}

static void put_item(output *o, const c_item *item)
{
    switch (item->kind) {
    case C_RECORD:
        put_record(o, item);
        put_set_record(o, item);
        break;
    case C_UNION:
        put_union(o, item);
        put_set_union(o, item);
        break;
    case C_STRUCT:
        put_struct(o, item);
        put_fixed_list(o, item);
        break;
    case C_ENUM:
        put_fixed_list(o, item);
        break;
    case C_LIST:
        put_list(o, item);
        if (leads_on(c_walk_element(item))) {
            put_set_elements(o, item->name, c_walk_element(item), "at");
        }
        break;
    case C_MAP:
        put_map(o, item);
        put_set_elements(o, item->name, item->type->element, "value_at");
        break;
    default:
        break;
    }
}

// The functions of a root, with void pointers for its native struct.
static void put_wrappers(output *o, const c_item *item)
{
    const char *n = item->name;

    fprintf(o->file,
            "static inlay_status %s_decode_any(const void *data, size_t size, "
            "inlay_arena *arena, void *to, inlay_error *error)\n"
            "{\n"
            "    return %s_decode(data, size, arena, (%s *)to, error);\n"
            "}\n"
            "static inlay_status %s_encode_any(const void *self, void *buffer, "
            "size_t capacity, size_t *size, inlay_error *error)\n"
            "{\n"
            "    return %s_encode((const %s *)self, buffer, capacity, size, "
            "error);\n"
            "}\n",
            n, n, n, n, n, n);
    fprintf(
        o->file,
        "static size_t %s_size_any(const void *self)\n"
        "{\n"
        "    return %s_encoded_size((const %s *)self);\n"
        "}\n"
        "static inlay_status %s_measure_any(const void *self, inlay_encoder "
        "*encoder, size_t *size)\n"
        "{\n"
        "    return %s_measure((const %s *)self, encoder, size);\n"
        "}\n"
        "static inlay_status %s_write_any(const void *self, inlay_encoder "
        "*encoder, void *buffer, size_t capacity)\n"
        "{\n"
        "    return %s_write((const %s *)self, encoder, buffer, capacity);\n"
        "}\n",
        n, n, n, n, n, n, n, n, n);
    fprintf(o->file,
            "static void %s_walk_any(walk *w, const void *data, size_t size)\n"
            "{\n"
            "    walk_%s(w, %s_open(data, size));\n"
            "}\n"
            "static void %s_walk_verified(walk *w, const void *data, size_t "
            "size)\n"
            "{\n"
            "    %s_view view;\n"
            "\n"
            "    if (%s_open_verified(data, size, &view, NULL) == INLAY_OK) {\n"
            "        walk_%s(w, view);\n"
            "    }\n"
            "}\n"
            "static void %s_set_any(setter *s)\n"
            "{\n"
            "    set_%s(s, %s_open(s->data, s->size));\n"
            "}\n",
            n, n, n, n, n, n, n, n, n, n);
    fprintf(o->file,
            "static void %s_init_any(void *to)\n"
            "{\n"
            "    static const %s initial = %s_INIT;\n"
            "\n"
            "    memcpy(to, &initial, sizeof initial);\n"
            "}\n"
            "static inlay_status %s_read_any(inlay_record record, inlay_arena "
            "*arena, void *to)\n"
            "{\n"
            "    %s_view view = {record};\n"
            "\n"
            "    return %s_read(view, arena, (%s *)to);\n"
            "}\n\n",
            n, n, item->upper, n, n, n, n);
}

static void put_members(output *o, const c_item *item)
{
    size_t i;

    fprintf(o->file, "static const walk_member %s_members_any[] = {\n",
            item->name);
    for (i = 0; i < item->field_count; i++) {
        fprintf(o->file, "    {offsetof(%s, %s), sizeof((%s *)NULL)->%s},\n",
                item->name, item->fields[i].member, item->name,
                item->fields[i].member);
    }
    fprintf(o->file, "    {0, 0}};\n\n");
}

static void put_roots(output *o)
{
    size_t i;

    for (i = 0; i < o->m->order_count; i++) {
        if (o->m->order[i]->kind == C_RECORD) {
            put_wrappers(o, o->m->order[i]);
            put_members(o, o->m->order[i]);
        }
    }
    fprintf(o->file, "const walk_root walk_roots[] = {\n");
    for (i = 0; i < o->m->order_count; i++) {
        const c_item *item = o->m->order[i];
        const char   *n = item->name;

        if (item->kind == C_RECORD) {
            fprintf(o->file,
                    "    {\"%s\", &%s_desc, sizeof(%s), %s_verify, "
                    "%s_verify_canonical, %s_decode_any, %s_encode_any, "
                    "%s_size_any, %s_measure_any, %s_write_any, %s_walk_any, "
                    "%s_walk_verified, %s_set_any, %s_init_any, %s_read_any, "
                    "&%s_patch_type, sizeof(%s_patch), %s_members_any},\n",
                    item->decl->of.record->name, n, n, n, n, n, n, n, n, n, n,
                    n, n, n, n, n, n, n);
        }
    }
    fprintf(o->file, "};\n"
                     "\n"
                     "const size_t walk_root_count = sizeof walk_roots / "
                     "sizeof walk_roots[0];\n");
}

// Imported files come last in a schema, and their functions must come first.
static void put_files(FILE *file, const ir_schema *ir, c_model *models)
{
    output   o = {.file = file};
    uint32_t i;
    size_t   j;

    fprintf(file, "#include \"%s.inlay.h\"\n\n#include \"walk.h\"\n\n",
            models[0].stem);
    for (i = 0; i < ir->file_count; i++) {
        o.m = &models[i];
        for (j = 0; j < o.m->order_count; j++) {
            put_forward(&o, o.m->order[j]);
        }
    }
    fprintf(file, "\n");
    for (i = 0; i < ir->file_count; i++) {
        o.m = &models[i];
        for (j = 0; j < o.m->order_count; j++) {
            put_item(&o, o.m->order[j]);
        }
    }
    o.m = &models[0];
    put_roots(&o);
}

int main(int argc, char **argv)
{
    const char    *paths[1] = {argc == 3 ? argv[1] : NULL};
    schema_options options = {.paths = paths, .path_count = 1};
    diag_sink      sink;
    schema        *compiled;
    c_model       *models;
    FILE          *file;
    uint32_t       i;

    if (argc != 3) {
        fprintf(stderr, "usage: gen_walk FILE.inlay OUT.c\n");
        return 2;
    }
    diag_init(&sink, NULL);
    compiled = schema_load(&options, &sink);
    if (compiled == NULL) {
        fprintf(stderr, "gen_walk: %s is no schema\n", argv[1]);
        return 1;
    }
    models = calloc(schema_ir(compiled)->file_count, sizeof *models);
    file = fopen(argv[2], "w");
    if (models == NULL || file == NULL) {
        perror(argv[2]);
        return 1;
    }
    for (i = 0; i < schema_ir(compiled)->file_count; i++) {
        if (!c_model_init(&models[i], schema_ir(compiled),
                          schema_ir(compiled)->files[i])) {
            return 1;
        }
    }
    put_files(file, schema_ir(compiled), models);
    for (i = 0; i < schema_ir(compiled)->file_count; i++) {
        c_model_release(&models[i]);
    }
    free(models);
    schema_free(compiled);
    diag_release(&sink);
    return fclose(file) == 0 ? 0 : 1;
}
