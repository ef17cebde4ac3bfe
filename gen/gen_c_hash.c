// gen_c_hash.c -- identity: equality and hashes, of messages and of native
// structs.

#include "gen/gen_c_parts.h"

static void emit_prototypes(c_out *out, const c_item *item)
{
    emit_text(
        &out->header, EMIT_VARS({"name", item->name}),
        "/* Hash the canonical message of a record, without keeping it. The "
        "encoder\n"
        " * lends memory for it, so it needs an allocator. */\n"
        "INLAY_NODISCARD inlay_status $name$_hash64(const $name$ *self, "
        "inlay_encoder *encoder, uint64_t *hash);\n"
        "INLAY_NODISCARD inlay_status $name$_hash128(const $name$ *self, "
        "inlay_encoder *encoder, inlay_hash128 *hash);\n"
        "\n"
        "/* Finds out whether two records are one value: have one message. */\n"
        "INLAY_NODISCARD inlay_status $name$_equal(const $name$ *a, const "
        "$name$ *b, inlay_encoder *encoder, bool *equal);\n"
        "\n"
        "/* The same of messages, which must be canonical. */\n"
        "INLAY_NODISCARD inlay_status $name$_message_hash64(const void *data, "
        "size_t size, uint64_t *hash, inlay_error *error);\n"
        "INLAY_NODISCARD inlay_status $name$_message_hash128(const void *data, "
        "size_t size, inlay_hash128 *hash, inlay_error *error);\n"
        "INLAY_NODISCARD inlay_status $name$_message_equal(inlay_bytes a, "
        "inlay_bytes b, bool *equal, inlay_error *error);\n"
        "\n");
}

// Encodes into lent memory; what is done with the bytes is `use`.
static void emit_native_hash(c_out *out, const c_item *item, const char *bits,
                             const char *type)
{
    emit_text(
        &out->source,
        EMIT_VARS({"name", item->name}, {"bits", bits}, {"type", type}),
        "inlay_status $name$_hash$bits$(const $name$ *self, inlay_encoder "
        "*encoder, $type$ *hash)\n"
        "{\n"
        "    inlay_bytes message;\n"
        "\n"
        "    INLAY_TRY($name$_lent(self, encoder, &message));\n"
        "    *hash = inlay_bytes_hash$bits$(message.data, message.size);\n"
        "    inlay_encoder_give_back(encoder, message);\n"
        "    return INLAY_OK;\n"
        "}\n"
        "\n");
    emit_text(&out->source,
              EMIT_VARS({"name", item->name}, {"bits", bits}, {"type", type}),
              "inlay_status $name$_message_hash$bits$(const void *data, size_t "
              "size, $type$ *hash, inlay_error *error)\n"
              "{\n"
              "    INLAY_TRY($name$_verify_canonical(data, size, error));\n"
              "    *hash = inlay_bytes_hash$bits$(data, size);\n"
              "    return INLAY_OK;\n"
              "}\n"
              "\n");
}

static void emit_lent(c_out *out, const c_item *item)
{
    emit_text(&out->source, EMIT_VARS({"name", item->name}),
              "/* Encodes into memory that the encoder lends. */\n"
              "static inlay_status $name$_lent(const $name$ *self, "
              "inlay_encoder *encoder, inlay_bytes *message)\n"
              "{\n"
              "    inlay_status status;\n"
              "    uint8_t *memory;\n"
              "    size_t size;\n"
              "\n"
              "    INLAY_TRY($name$_measure(self, encoder, &size));\n"
              "    memory = inlay_encoder_lend(encoder, size);\n"
              "    if (memory == NULL) {\n"
              "        return encoder->error.status;\n"
              "    }\n"
              "    message->data = memory;\n"
              "    message->size = size;\n"
              "    status = $name$_write(self, encoder, memory, size);\n"
              "    if (status != INLAY_OK) {\n"
              "        inlay_encoder_give_back(encoder, *message);\n"
              "    }\n"
              "    return status;\n"
              "}\n"
              "\n");
}

static void emit_equal(c_out *out, const c_item *item)
{
    emit_text(&out->source, EMIT_VARS({"name", item->name}),
              "inlay_status $name$_equal(const $name$ *a, const $name$ *b, "
              "inlay_encoder *encoder, bool *equal)\n"
              "{\n"
              "    inlay_bytes first;\n"
              "    inlay_bytes second;\n"
              "    inlay_status status;\n"
              "\n"
              "    INLAY_TRY($name$_lent(a, encoder, &first));\n"
              "    status = $name$_lent(b, encoder, &second);\n"
              "    if (status == INLAY_OK) {\n"
              "        *equal = inlay_bytes_compare(first, second) == 0;\n"
              "        inlay_encoder_give_back(encoder, second);\n"
              "    }\n"
              "    inlay_encoder_give_back(encoder, first);\n"
              "    return status;\n"
              "}\n"
              "\n"
              "inlay_status $name$_message_equal(inlay_bytes a, inlay_bytes b, "
              "bool *equal, inlay_error *error)\n"
              "{\n"
              "    INLAY_TRY($name$_verify_canonical(a.data, a.size, error));\n"
              "    INLAY_TRY($name$_verify_canonical(b.data, b.size, error));\n"
              "    *equal = inlay_bytes_compare(a, b) == 0;\n"
              "    return INLAY_OK;\n"
              "}\n"
              "\n");
}

void c_emit_record_hash(c_out *out, const c_item *item)
{
    emit_prototypes(out, item);
    emit_lent(out, item);
    emit_native_hash(out, item, "64", "uint64_t");
    emit_native_hash(out, item, "128", "inlay_hash128");
    emit_equal(out, item);
}
