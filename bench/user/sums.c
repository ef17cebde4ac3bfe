// sums.c -- see sums.h.
//
// Four walkers are made: of numbers and of texts, by views that were verified
// and by clamped ones. A walker goes only where there is something to sum.
// What is not inlined gets its view by value, which hides whether that is
// verified; so every function says it again, and its loads need no branch.

#include "bench/user/sums.h"

#include <stdlib.h>

#include "gen/c_walk.h"

typedef struct walker {
    const char *word; // its functions begin with it
    const char *verified;
    bool        texts; // else numbers
} walker;

static const walker walkers[] = {
    {"numbers_verified", "true", false},
    {"numbers_clamped", "false", false},
    {"texts_verified", "true", true},
    {"texts_clamped", "false", true},
};

#define WALKERS (sizeof walkers / sizeof walkers[0])

typedef struct output {
    FILE            *file;
    c_model         *m;
    const ir_record *root;
    const walker    *w;
} output;

// ---- Whether there is something to sum --------------------------------------

// Records and unions that were looked at: types lead back to themselves.
typedef struct search {
    const ir_type *seen[1024];
    size_t         count;
    bool           texts;
} search;

static bool search_enter(search *s, const ir_type *type)
{
    size_t i;

    for (i = 0; i < s->count; i++) {
        if (s->seen[i] == type) {
            return false;
        }
    }
    // A schema of more types than that is walked a little further than needed.
    if (s->count < sizeof s->seen / sizeof s->seen[0]) {
        s->seen[s->count++] = type;
    }
    return true;
}

static bool search_type(search *s, const ir_type *type);

static bool search_record(search *s, const ir_record *record)
{
    uint32_t i;

    for (i = 0; i < record->field_count; i++) {
        if (search_type(s, record->fields[i].type)) {
            return true;
        }
    }
    return false;
}

static bool search_union(search *s, const ir_union *onion)
{
    uint32_t i;

    for (i = 0; i < onion->variant_count; i++) {
        const ir_type *type = onion->variants[i].type;

        if (type != NULL && search_type(s, type)) {
            return true;
        }
    }
    return false;
}

static bool search_type(search *s, const ir_type *type)
{
    switch (type->kind) {
    case IR_STRING:
    case IR_BYTES:
        return s->texts;
    case IR_ARRAY:
    case IR_VECTOR:
    case IR_BITSET:
    case IR_LIST:
    case IR_MAP: // keys are names in JSON, which nobody sums
    case IR_OPTIONAL:
        return search_type(s, type->element);
    case IR_RECORD:
        return search_enter(s, type) && search_record(s, type->record);
    case IR_UNION:
        return search_enter(s, type) && search_union(s, type->onion);
    default:
        return !s->texts;
    }
}

static bool wanted(const output *o, const ir_type *type)
{
    search s;

    s.count = 0;
    s.texts = o->w->texts;
    return search_type(&s, type);
}

static const ir_type *item_type(const c_item *item)
{
    switch (item->kind) {
    case C_LIST:
        return c_walk_element(item);
    case C_RECORD:
    case C_UNION:
    case C_STRUCT:
    case C_ENUM:
    case C_MAP:
        return item->type;
    default:
        return NULL;
    }
}

// Returns whether a walker has a function for an item.
static bool item_wanted(const output *o, const c_item *item)
{
    const ir_type *type = item_type(item);

    return type != NULL && (type == o->root->type || wanted(o, type));
}

// ---- Values -----------------------------------------------------------------

// Sums one value, whose accessor may want an array's indices. `get` is the call
// without its closing parenthesis.
static void put_value(output *o, const ir_type *type, const char *get,
                      const char *indent)
{
    const char *more = "";
    const char *inner = indent;
    int         depth = 0;

    for (; type->kind == IR_ARRAY; type = type->element, depth++) {
        fprintf(o->file, "%sfor (size_t i%d = 0; i%d < %u; i%d++)\n", inner,
                depth, depth, type->count, depth);
        more = c_text(o->m, "%s, i%d", more, depth);
        inner = c_text(o->m, "%s    ", inner);
    }
    fprintf(o->file, "%ssum += %s_%s(%s%s));\n", inner, o->w->word,
            c_walk_name(o->m, type), get, more);
}

static void put_access(output *o, const ir_type *type, const char *get,
                       const char *has, const char *indent)
{
    if (has == NULL) {
        put_value(o, type, get, indent);
        return;
    }
    fprintf(o->file, "%sif (%s)) {\n", indent, has);
    put_value(o, c_walk_value(type), get, c_text(o->m, "%s    ", indent));
    fprintf(o->file, "%s}\n", indent);
}

static void put_head(output *o, const char *name, const char *suffix)
{
    fprintf(o->file,
            "static inline uint64_t %s_%s(%s%s self)\n"
            "{\n"
            "    uint64_t sum = 0;\n"
            "\n",
            o->w->word, name, name, suffix);
}

static void put_end(output *o)
{
    fprintf(o->file, "    return sum;\n}\n\n");
}

// ---- Items ------------------------------------------------------------------

// A record that is not in the message adds nothing: its defaults may hold
// records of defaults without end.
static void put_record(output *o, const c_item *item)
{
    size_t i;

    put_head(o, item->name, "_view");
    fprintf(o->file,
            "    self.record.verified = %s;\n"
            "    if (self.record.fixed == 0 && self.record.slots == 0) {\n"
            "        return 0;\n"
            "    }\n",
            o->w->verified);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (wanted(o, field->type)) {
            put_access(o, field->type,
                       c_text(o->m, "%s_get_%s(self", item->name, field->name),
                       c_walk_has(field->ir) ? c_text(o->m, "%s_has_%s(self",
                                                      item->name, field->name)
                                             : NULL,
                       "    ");
        }
    }
    put_end(o);
}

static void put_union(output *o, const c_item *item)
{
    size_t i;

    put_head(o, item->name, "_view");
    fprintf(o->file,
            "    self.onion.verified = %s;\n"
            "    switch (%s_tag(self)) {\n",
            o->w->verified, item->name);
    for (i = 0; i < item->field_count; i++) {
        const c_field *field = &item->fields[i];

        if (field->type != NULL && wanted(o, field->type)) {
            fprintf(o->file, "    case %zu:\n", i + 1);
            put_value(o, field->type,
                      c_text(o->m, "%s_get_%s(self", item->name, field->name),
                      "        ");
            fprintf(o->file, "        break;\n");
        }
    }
    fprintf(o->file, "    default:\n        break;\n    }\n");
    put_end(o);
}

static void put_struct(output *o, const c_item *item)
{
    size_t i;

    put_head(o, item->name, "");
    for (i = 0; i < item->field_count; i++) {
        const ir_type *type = item->fields[i].type;
        const char    *x = c_text(o->m, "self.%s", item->fields[i].member);
        int            depth = 0;

        for (; type->kind == IR_ARRAY; type = type->element, depth++) {
            fprintf(o->file, "    for (size_t i%d = 0; i%d < %u; i%d++)\n",
                    depth, depth, type->count, depth);
            x = c_text(o->m, "%s[i%d]", x, depth);
        }
        fprintf(o->file, "    sum += %s_%s(%s);\n", o->w->word,
                c_walk_name(o->m, type), x);
    }
    put_end(o);
}

// Sums all elements of a list; `at` is its accessor, `has` one or NULL.
static void put_loop(output *o, const char *name, const ir_type *element,
                     const char *at, const char *has)
{
    fprintf(o->file,
            "    size_t count = %s_count(self);\n"
            "    size_t i;\n"
            "\n"
            "    for (i = 0; i < count; i++) {\n",
            name);
    put_access(o, element, at, has, "        ");
    fprintf(o->file, "    }\n");
    put_end(o);
}

static void put_list(output *o, const c_item *item, const ir_type *element,
                     const char *at)
{
    put_head(o, item->name, "_view");
    if (item->type->kind != IR_VECTOR) { // of arrays: bytes, nothing to verify
        fprintf(o->file, "    self.list.verified = %s;\n", o->w->verified);
    }
    put_loop(
        o, item->name, element, c_text(o->m, "%s_%s(self, i", item->name, at),
        c_walk_has_at(element) ? c_text(o->m, "%s_has_at(self, i", item->name)
                               : NULL);
}

// Lists of enums and structs are as good as arrays: nothing to verify.
static void put_fixed_list(output *o, const c_item *item)
{
    const char *name = c_text(o->m, "%s_list", item->name);

    put_head(o, name, "_view");
    put_loop(o, name, item->type, c_text(o->m, "%s_at(self, i", name), NULL);
}

static void put_item(output *o, const c_item *item)
{
    switch (item->kind) {
    case C_RECORD:
        put_record(o, item);
        break;
    case C_UNION:
        put_union(o, item);
        break;
    case C_STRUCT:
        put_struct(o, item);
        put_fixed_list(o, item);
        break;
    case C_ENUM:
        put_fixed_list(o, item);
        break;
    case C_LIST:
        put_list(o, item, c_walk_element(item), "at");
        break;
    case C_MAP:
        put_list(o, item, item->type->element, "value_at");
        break;
    default:
        break;
    }
}

static void put_prototype(output *o, const char *name, const char *suffix)
{
    fprintf(o->file, "static inline uint64_t %s_%s(%s%s self);\n", o->w->word,
            name, name, suffix);
}

static void put_forward(output *o, const c_item *item)
{
    if (item->kind == C_STRUCT) {
        put_prototype(o, item->name, "");
    }
    if (item->kind == C_STRUCT || item->kind == C_ENUM) {
        put_prototype(o, c_text(o->m, "%s_list", item->name), "_view");
    } else {
        put_prototype(o, item->name, "_view");
    }
}

// ---- The file ---------------------------------------------------------------

typedef void put_function(output *o, const c_item *item);

static void put_items(output *o, c_model *models, uint32_t count,
                      put_function *put)
{
    uint32_t i;
    size_t   j;

    for (i = 0; i < count; i++) {
        o->m = &models[i];
        for (j = 0; j < o->m->order_count; j++) {
            if (item_wanted(o, o->m->order[j])) {
                put(o, o->m->order[j]);
            }
        }
    }
    fprintf(o->file, "\n");
}

// What the root's functions are, for cases.h.
static void put_root(FILE *file, const char *name)
{
    fprintf(file,
            "static const %s *native_of(const void *model, inlay_arena "
            "*arena)\n"
            "{\n"
            "    %s *native = take(arena, 1, sizeof *native);\n"
            "    inlay_bytes message;\n"
            "\n"
            "    return native != NULL &&\n"
            "        user_message(model, &%s_desc, arena, &message) &&\n"
            "        %s_decode(message.data, message.size, arena, native, "
            "NULL) == INLAY_OK ? native : NULL;\n"
            "}\n\n",
            name, name, name, name);
    fprintf(file,
            "static INLAY_INLINE uint64_t scalars(%s_view view)\n"
            "{\n"
            "    return view.record.verified ? numbers_verified_%s(view) : "
            "numbers_clamped_%s(view);\n"
            "}\n\n"
            "static INLAY_INLINE uint64_t strings(%s_view view)\n"
            "{\n"
            "    return view.record.verified ? texts_verified_%s(view) : "
            "texts_clamped_%s(view);\n"
            "}\n\n",
            name, name, name, name, name, name);
    fprintf(file,
            "#define INLAY_ROOT %s\n"
            "#define INLAY_USER\n"
            "#include \"bench/rivals/inlay/cases.h\"\n\n"
            "INLAY_USER_EXPORT const bench_case *const inlay_user_cases[] = "
            "{&%s_checked, &%s_once, &%s_lazy};\n",
            name, name, name, name);
}

static const char *root_name(c_model *models, uint32_t count,
                             const ir_record *root)
{
    uint32_t i;

    for (i = 0; i < count; i++) {
        if (models[i].file == root->file) {
            return c_native(&models[i], root->type);
        }
    }
    return NULL;
}

static void put_file(FILE *file, c_model *models, uint32_t count,
                     const ir_record *root)
{
    output   o = {.file = file, .root = root};
    uint32_t i;
    size_t   w;

    fprintf(file, "#include \"bench/rivals/inlay/user.h\"\n");
    for (i = 0; i < count; i++) {
        fprintf(file, "#include \"%s.inlay.h\"\n", models[i].stem);
    }
    fprintf(file, "\n");
    for (w = 0; w < WALKERS; w++) {
        o.w = &walkers[w];
        put_items(&o, models, count, put_forward);
        put_items(&o, models, count, put_item);
    }
    put_root(file, root_name(models, count, root));
}

bool user_sums_write(const ir_schema *ir, const ir_record *root, FILE *file)
{
    c_model *models = calloc(ir->file_count, sizeof *models);
    uint32_t count = 0;
    bool     good = models != NULL;

    while (good && count < ir->file_count) {
        good = c_model_init(&models[count], ir, ir->files[count]);
        count += good ? 1 : 0;
    }
    if (good) {
        put_file(file, models, count, root);
    }
    while (count > 0) {
        c_model_release(&models[--count]);
    }
    free(models);
    return good;
}
