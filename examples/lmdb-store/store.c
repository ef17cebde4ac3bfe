// store.c -- see store.h.
#include "store.h"

#include <string.h>

#include <inlay/frame.h>

static int complain_lmdb(const char *what, int error)
{
    return complain(EXIT_WRONG, "%s: %s", what, mdb_strerror(error));
}

static MDB_val key_of(inlay_str article)
{
    MDB_val key = {article.size, (void *)(uintptr_t)article.data};

    return key;
}

static inlay_str article_of(const MDB_val *key)
{
    inlay_str article = {key->mv_data, key->mv_size};

    return article;
}

// ---- Opening and closing ----------------------------------------------------

int store_open(store *self, const char *folder, bool writes, size_t size_max)
{
    unsigned flags = writes ? 0 : MDB_RDONLY;
    int      error = mdb_env_create(&self->env);

    if (error != 0) {
        return complain_lmdb(folder, error);
    }
    if (writes) {
        error = mdb_env_set_mapsize(self->env, size_max);
    }
    if (error == 0) {
        error = mdb_env_open(self->env, folder, flags, 0666);
    }
    if (error == 0) {
        error = mdb_txn_begin(self->env, NULL, flags, &self->txn);
    }
    if (error == 0) {
        error = mdb_dbi_open(self->txn, NULL, 0, &self->dbi);
        if (error != 0) {
            mdb_txn_abort(self->txn);
        }
    }
    if (error != 0) {
        mdb_env_close(self->env);
        return complain_lmdb(folder, error);
    }
    return EXIT_GOOD;
}

int store_close(store *self, bool keep, int status)
{
    int error = 0;

    if (keep) {
        error = mdb_txn_commit(self->txn);
    } else {
        mdb_txn_abort(self->txn);
    }
    mdb_env_close(self->env);
    return error == 0 ? status : complain_lmdb("committing", error);
}

// ---- Writing ----------------------------------------------------------------

// Encodes into a place of the map that is kept for just as many bytes.
static int put_native(store *self, inlay_str article,
                      const shop_product *product, inlay_encoder *encoder)
{
    MDB_val      key = key_of(article);
    MDB_val      value = {0, NULL};
    inlay_status status;
    uint8_t     *to;
    size_t       size;
    int          error;

    status = shop_product_measure(product, encoder, &size);
    if (status != INLAY_OK) {
        return complain_error(EXIT_BAD, "a product", &encoder->error);
    }
    value.mv_size = INLAY_FRAME_SIZE + size;
    error = mdb_put(self->txn, self->dbi, &key, &value, MDB_RESERVE);
    if (error != 0) {
        return complain_lmdb("putting a product", error);
    }
    to = value.mv_data;
    status = shop_product_write(product, encoder, to + INLAY_FRAME_SIZE, size);
    if (status != INLAY_OK) {
        return complain_error(EXIT_BAD, "a product", &encoder->error);
    }
    inlay_frame_seal(to, SHOP_PRODUCT_TYPE_ID, INLAY_COMPRESSION_NONE,
                     to + INLAY_FRAME_SIZE, size);
    return EXIT_GOOD;
}

int store_put(store *self, inlay_str article, shop_product_view product)
{
    inlay_encoder encoder;
    shop_product  native;
    inlay_arena   arena;
    inlay_status  status;
    int           result;

    inlay_arena_init(&arena, NULL, 0, &inlay_alloc_heap, INLAY_ARENA_NO_LIMIT);
    inlay_encoder_init(&encoder, NULL, 0, &inlay_alloc_heap);
    status = shop_product_read(product, &arena, &native);
    result = status == INLAY_OK ? put_native(self, article, &native, &encoder)
                                : complain(EXIT_WRONG, "a product: %s",
                                           inlay_status_text(status));
    inlay_encoder_release(&encoder);
    inlay_arena_release(&arena);
    return result;
}

// ---- Reading ----------------------------------------------------------------

// Names a value that is not as it was written.
static int complain_value(inlay_str article, const inlay_error *error)
{
    char what[80];

    snprintf(what, sizeof what, "`%.*s` in the store",
             (int)(article.size < 64 ? article.size : 64), article.data);
    return complain_error(EXIT_BAD, what, error);
}

// Opens a value in O(1): the payload is looked at by whoever reads it.
static int value_open(inlay_str article, const MDB_val *value,
                      inlay_frame *frame)
{
    inlay_error error;

    if (inlay_frame_open(value->mv_data, value->mv_size, SHOP_PRODUCT_TYPE_ID,
                         frame, &error) != INLAY_OK) {
        return complain_value(article, &error);
    }
    if (frame->compression != INLAY_COMPRESSION_NONE ||
        frame->payload.size + INLAY_FRAME_SIZE != value->mv_size) {
        error =
            (inlay_error){.status = INLAY_DAMAGED, .offset = INLAY_NO_OFFSET};
        return complain_value(article, &error);
    }
    return EXIT_GOOD;
}

int store_get(store *self, inlay_str article, shop_product_view *product)
{
    MDB_val     key = key_of(article);
    MDB_val     value;
    inlay_frame frame;
    int         error = mdb_get(self->txn, self->dbi, &key, &value);
    int         result;

    if (error == MDB_NOTFOUND || error == MDB_BAD_VALSIZE) {
        return complain(EXIT_BAD, "no article `%.*s`", (int)article.size,
                        article.data);
    }
    if (error != 0) {
        return complain_lmdb("getting a product", error);
    }
    result = value_open(article, &value, &frame);
    if (result == EXIT_GOOD) {
        *product = shop_product_open(frame.payload.data, frame.payload.size);
    }
    return result;
}

static bool begins_with(const MDB_val *key, inlay_str begins)
{
    return key->mv_size >= begins.size &&
           (begins.size == 0 ||
            memcmp(key->mv_data, begins.data, begins.size) == 0);
}

static int list_from(MDB_cursor *cursor, inlay_str begins,
                     bool (*each)(void *context, inlay_str article,
                                  shop_product_view product),
                     void *context)
{
    MDB_val key = key_of(begins);
    MDB_val value;
    // LMDB takes no empty key for where to start.
    int error = mdb_cursor_get(cursor, &key, &value,
                               begins.size > 0 ? MDB_SET_RANGE : MDB_FIRST);
    int result = EXIT_GOOD;

    while (error == 0 && begins_with(&key, begins)) {
        inlay_frame frame;

        if (value_open(article_of(&key), &value, &frame) != EXIT_GOOD) {
            result = EXIT_BAD;
        } else if (!each(context, article_of(&key),
                         shop_product_open(frame.payload.data,
                                           frame.payload.size))) {
            return result;
        }
        error = mdb_cursor_get(cursor, &key, &value, MDB_NEXT);
    }
    return error == 0 || error == MDB_NOTFOUND
               ? result
               : complain_lmdb("listing products", error);
}

int store_list(store *self, inlay_str begins,
               bool (*each)(void *context, inlay_str article,
                            shop_product_view product),
               void *context)
{
    MDB_cursor *cursor;
    int         error = mdb_cursor_open(self->txn, self->dbi, &cursor);
    int         result;

    if (error != 0) {
        return complain_lmdb("listing products", error);
    }
    result = list_from(cursor, begins, each, context);
    mdb_cursor_close(cursor);
    return result;
}

// ---- Checking ---------------------------------------------------------------

static int value_check(inlay_str article, const MDB_val *value)
{
    inlay_error error;
    inlay_frame frame;

    if (value_open(article, value, &frame) != EXIT_GOOD) {
        return EXIT_BAD;
    }
    if (inlay_frame_check(&frame, &error) != INLAY_OK ||
        shop_product_verify(frame.payload.data, frame.payload.size, &error) !=
            INLAY_OK) {
        return complain_value(article, &error);
    }
    return EXIT_GOOD;
}

int store_check(store *self, size_t *count)
{
    MDB_cursor *cursor;
    MDB_val     key, value;
    int         error = mdb_cursor_open(self->txn, self->dbi, &cursor);
    int         result = EXIT_GOOD;

    *count = 0;
    if (error != 0) {
        return complain_lmdb("checking", error);
    }
    while ((error = mdb_cursor_get(cursor, &key, &value, MDB_NEXT)) == 0) {
        if (value_check(article_of(&key), &value) == EXIT_GOOD) {
            ++*count;
        } else {
            result = EXIT_BAD;
        }
    }
    mdb_cursor_close(cursor);
    return error == MDB_NOTFOUND ? result : complain_lmdb("checking", error);
}
