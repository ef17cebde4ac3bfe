// gen_c_feed.c -- lists of records that are no arrays: sources and builders.

#include "gen/gen_c_element.h"

// ---- In the header ----------------------------------------------------------

void c_emit_list_source(c_out *out, const c_item *item)
{
    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name},
                  {"record", c_native(out->model, item->type)}),
        "/* Gives the elements of a list one by one: see <inlay/source.h>. */\n"
        "struct $name$_source {\n"
        "    inlay_status (*get)(void *context, size_t index, $record$ *to);\n"
        "    void *context;\n"
        "};\n"
        "\n");
}

static void emit_builder_inlines(c_out *out, const c_item *item)
{
    emit_text(
        &out->header, EMIT_VARS({"name", item->name}),
        "static inline size_t $name$_builder_count(const $name$_builder "
        "*self)\n"
        "{\n"
        "    return self->builder.count;\n"
        "}\n"
        "\n"
        "static inline size_t $name$_builder_size(const $name$_builder *self)\n"
        "{\n"
        "    return inlay_list_builder_size(&self->builder);\n"
        "}\n"
        "\n"
        "INLAY_NODISCARD static inline inlay_status "
        "$name$_builder_finish(const $name$_builder *self, void *buffer, "
        "size_t capacity, size_t *size, inlay_error *error)\n"
        "{\n"
        "    return inlay_list_builder_finish(&self->builder, buffer, "
        "capacity, size, error);\n"
        "}\n"
        "\n"
        "/* Returns the elements so far as the value of a field. */\n"
        "static inline $name$ $name$_builder_list($name$_builder *self)\n"
        "{\n"
        "    $name$ list = {NULL, self->builder.count, &self->source};\n"
        "\n"
        "    self->source.get = NULL;\n"
        "    self->source.context = &self->builder;\n"
        "    return list;\n"
        "}\n"
        "\n"
        "static inline void $name$_builder_clear($name$_builder *self)\n"
        "{\n"
        "    inlay_list_builder_clear(&self->builder);\n"
        "}\n"
        "\n"
        "static inline void $name$_builder_release($name$_builder *self)\n"
        "{\n"
        "    inlay_list_builder_release(&self->builder);\n"
        "}\n"
        "\n");
}

void c_emit_list_builder(c_out *out, const c_item *item)
{
    emit_text(
        &out->header,
        EMIT_VARS({"name", item->name},
                  {"record", c_native(out->model, item->type)}),
        "/* A list whose elements come one at a time: see <inlay/builder.h>. "
        "*/\n"
        "struct $name$_builder {\n"
        "    inlay_list_builder builder;\n"
        "    $name$_source source;\n"
        "};\n"
        "\n"
        "void $name$_builder_init($name$_builder *self, void *memory, size_t "
        "size, const inlay_alloc *alloc);\n"
        "\n"
        "/* Appends a copy of a record, encoded. */\n"
        "INLAY_NODISCARD inlay_status $name$_builder_push($name$_builder "
        "*self, const $record$ *item, inlay_error *error);\n"
        "\n");
    emit_builder_inlines(out, item);
}

// ---- Sources ----------------------------------------------------------------

// Measures `item`, which was got or is to be pushed: a statement, or nothing
// where there is nothing to measure.
static const char *measure_item(c_model *m, const c_element *e,
                                const char *encoder, const char *item,
                                const char *share)
{
    if (e->slots == 0) {
        return "";
    }
    return c_text(m, "%s%s;", share, c_share_call(m, e, encoder, item));
}

// Asks a source for an element and measures it.
static void emit_get(c_out *out, const char *name, const c_element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS(
            {"name", name}, {"item", e->name},
            {"measure", measure_item(m, e, "encoder", "item", "share = ")}),
        "static inlay_share $name$_get(inlay_encoder *encoder, const $name$ "
        "*self, size_t index, $item$ *item)\n"
        "{\n"
        "    inlay_share share = {0, 0, 0};\n"
        "    inlay_status status;\n"
        "\n"
        "    memset(item, 0, sizeof *item);\n"
        "    status = self->source->get(self->source->context, index, item);\n"
        "    if (status != INLAY_OK) {\n"
        "        inlay_encoder_fail(encoder, status);\n"
        "        return share;\n"
        "    }\n"
        "    if (item->unknown != NULL) {\n"
        "        inlay_encoder_fail(encoder, INLAY_UNKNOWN_FED);\n"
        "        return share;\n"
        "    }\n"
        "    $measure$\n"
        "    return share;\n"
        "}\n"
        "\n");
}

static void emit_fed_size(c_out *out, const char *name, const c_element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS({"name", name}, {"item", e->name},
                  {"fixed", c_text(m, "%u", e->fixed)},
                  {"slots", c_text(m, "%u", e->slots)}),
        "static uint64_t $name$_fed_size(inlay_encoder *encoder, const $name$ "
        "*self)\n"
        "{\n"
        "    inlay_feed feed;\n"
        "    $item$ item;\n"
        "\n"
        "    if (self->source != NULL && self->source->get == NULL) {\n"
        "        return inlay_list_builder_measure((const inlay_list_builder "
        "*)self->source->context, encoder, self, self->count);\n"
        "    }\n"
        "    inlay_feed_measure(&feed, encoder, self, self->count, "
        "self->source != NULL);\n"
        "    while (inlay_feed_more(&feed)) {\n"
        "        inlay_feed_add(&feed, $name$_get(encoder, self, feed.index, "
        "&item));\n"
        "    }\n"
        "    return inlay_feed_measured(&feed, $fixed$, $slots$);\n"
        "}\n"
        "\n");
}

// What is inside an element may fail while it is written: sources, again.
static const char *retrace(c_model *m, const c_element *e, const char *object,
                           const char *prefix, const char *encoder,
                           const char *item)
{
    if (!c_element_is_nested(e)) {
        return "";
    }
    return c_text(m,
                  "if (%s_retraces(%s)) {\n"
                  "    %s\n"
                  "    %s_retraced(%s);\n"
                  "}",
                  prefix, object, measure_item(m, e, encoder, item, ""), prefix,
                  object);
}

static void emit_fed_write(c_out *out, const char *name, const c_element *e)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS({"name", name}, {"item", e->name},
                  {"fixed", c_text(m, "%u", e->fixed)},
                  {"slots", c_text(m, "%u", e->slots)},
                  {"retrace",
                   retrace(m, e, "&feed", "inlay_feed", "encoder", "&item")}),
        "static uint8_t *$name$_fed_write(inlay_encoder *encoder, const $name$ "
        "*self, uint8_t *to)\n"
        "{\n"
        "    inlay_feed feed;\n"
        "    $item$ item;\n"
        "\n"
        "    if (self->source->get == NULL) {\n"
        "        return inlay_list_builder_write((const inlay_list_builder "
        "*)self->source->context, encoder, self, self->count, to);\n"
        "    }\n"
        "    inlay_feed_write(&feed, encoder, self, self->count, to, $fixed$, "
        "$slots$);\n"
        "    while (inlay_feed_more(&feed)) {\n"
        "        inlay_share share = $name$_get(encoder, self, feed.index, "
        "&item);\n"
        "\n"
        "        if (inlay_feed_place(&feed, share, $fixed$, $slots$)) {\n"
        "            $item$_element_write(encoder, &item, feed.head, "
        "feed.splits, feed.block.split, feed.slice);\n"
        "            $retrace$\n"
        "            inlay_feed_placed(&feed, share);\n"
        "        }\n"
        "    }\n"
        "    return inlay_feed_written(&feed);\n"
        "}\n"
        "\n");
}

void c_emit_fed_list(c_out *out, const char *name, const c_element *e)
{
    emit_get(out, name, e);
    emit_fed_size(out, name, e);
    emit_fed_write(out, name, e);
}

// ---- Builders ---------------------------------------------------------------

static void emit_builder_init(c_out *out, const c_item *item)
{
    c_model *m = out->model;

    emit_text(
        &out->source,
        EMIT_VARS(
            {"name", item->name}, {"record", c_native(m, item->type)},
            {"aligned", c_has_align(m, item->type->record) ? "true" : "false"}),
        "void $name$_builder_init($name$_builder *self, void *memory, "
        "size_t size, const inlay_alloc *alloc)\n"
        "{\n"
        "    inlay_list_builder_init(&self->builder, &$record$_desc, "
        "$aligned$, memory, size, alloc);\n"
        "}\n"
        "\n");
}

static void emit_builder_push(c_out *out, const c_item *item,
                              const c_element *e)
{
    c_model    *m = out->model;
    const char *measure =
        measure_item(m, e, "&builder->encoder", "item", "share = ");

    if (c_element_is_nested(e)) {
        measure = c_text(m,
                         "do {\n"
                         "    %s\n"
                         "} while (inlay_list_builder_deepens(builder));",
                         measure);
    }
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"record", e->name},
                  {"measure", measure}, {"fixed", c_text(m, "%u", e->fixed)},
                  {"retrace", retrace(m, e, "builder", "inlay_list_builder",
                                      "&builder->encoder", "item")}),
        "inlay_status $name$_builder_push($name$_builder *self, const $record$ "
        "*item, inlay_error *error)\n"
        "{\n"
        "    inlay_list_builder *builder = &self->builder;\n"
        "    inlay_share share = {0, 0, 0};\n"
        "\n"
        "    inlay_list_builder_begin(builder);\n"
        "    if (item->unknown != NULL) {\n"
        "        inlay_encoder_fail(&builder->encoder, INLAY_UNKNOWN_FED);\n"
        "        return inlay_list_builder_end(builder, share, error);\n"
        "    }\n"
        "    $measure$\n"
        "    if (inlay_list_builder_place(builder, share)) {\n"
        "        $record$_element_write(&builder->encoder, item, "
        "builder->head, "
        "builder->head + $fixed$, builder->split_width, builder->slice);\n"
        "        $retrace$\n"
        "    }\n"
        "    return inlay_list_builder_end(builder, share, error);\n"
        "}\n"
        "\n");
}

void c_emit_builder(c_out *out, const c_item *item, const c_element *e)
{
    emit_builder_init(out, item);
    emit_builder_push(out, item, e);
}
