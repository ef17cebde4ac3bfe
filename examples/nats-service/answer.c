// answer.c -- see answer.h.
#include "answer.h"

#include <string.h>

#include <inlay/frame.h>

enum {
    LIST_MAX = 500 // the largest answer to a question about a list
};

// What an answer is put together from.
typedef struct desk {
    const shop_file *file;
    answer_counters *counters;
    inlay_arena      arena;
    inlay_status     status; // INLAY_OUT_OF_MEMORY, once
    shop_answer      answer;
    shop_refusal     refusal;
} desk;

static void *take(desk *self, size_t count, size_t size)
{
    inlay_status status = INLAY_OK;
    void        *room;

    // Room for one where there are none: no answer depends on where it is.
    room = inlay_arena_take(&self->arena, count > 0 ? count : 1, size, &status);
    if (room == NULL) {
        self->status = status;
    }
    return room;
}

// ---- Refusals ---------------------------------------------------------------

// Refuses, in the place of any other answer. The text is a literal.
static void refuse(desk *self, shop_reason reason, const char *text)
{
    self->refusal = (shop_refusal)SHOP_REFUSAL_INIT;
    self->refusal.reason = reason;
    self->refusal.text = inlay_str_from(text);
    self->answer.outcome.tag = SHOP_OUTCOME_REFUSED;
    self->answer.outcome.refused = &self->refusal;
}

// The same of bytes, with where they are wrong. `error` outlives the desk.
static void refuse_bytes(desk *self, shop_reason reason,
                         const inlay_error *error)
{
    refuse(self, reason, inlay_status_text(error->status));
    self->refusal.path.has = error->path[0] != '\0';
    self->refusal.path.value = inlay_str_from(error->path);
    self->refusal.offset.has = error->offset != INLAY_NO_OFFSET;
    self->refusal.offset.value = self->refusal.offset.has ? error->offset : 0;
}

// ---- Questions --------------------------------------------------------------

static shop_catalogue_products_view products_of(const desk *self)
{
    return shop_catalogue_get_products(self->file->catalogue);
}

static void find(desk *self, shop_find_view question)
{
    shop_catalogue_products_view products = products_of(self);
    size_t                       at =
        shop_catalogue_products_find(products, shop_find_get_article(question));
    shop_found *found = take(self, 1, sizeof *found);

    if (at >= shop_catalogue_products_count(products)) {
        refuse(self, SHOP_REASON_NOT_FOUND, "there is no such article");
        return;
    }
    if (found == NULL) {
        return;
    }
    *found = (shop_found)SHOP_FOUND_INIT;
    found->article = shop_catalogue_products_key_at(products, at);
    if (shop_product_read(shop_catalogue_products_value_at(products, at),
                          &self->arena, &found->product) != INLAY_OK) {
        self->status = INLAY_OUT_OF_MEMORY;
    }
    self->answer.outcome.tag = SHOP_OUTCOME_FOUND;
    self->answer.outcome.found = found;
}

static bool begins_with(inlay_str text, inlay_str begins)
{
    return text.size >= begins.size &&
           (begins.size == 0 ||
            memcmp(text.data, begins.data, begins.size) == 0);
}

// Where the first article is that is not less than the text: O(log n).
static size_t first_from(shop_catalogue_products_view products, inlay_str text)
{
    size_t low = 0;
    size_t high = shop_catalogue_products_count(products);

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (inlay_str_compare(shop_catalogue_products_key_at(products, middle),
                              text) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void list(desk *self, shop_listing_view question)
{
    shop_catalogue_products_view products = products_of(self);
    inlay_str                    begins = shop_listing_get_begins(question);
    size_t                       most = shop_listing_get_most(question);
    size_t                       at = first_from(products, begins);
    shop_list                   *found = take(self, 1, sizeof *found);
    shop_listed                 *items;

    most = most < LIST_MAX ? most : LIST_MAX;
    items = take(self, most, sizeof *items);
    if (found == NULL || items == NULL) {
        return;
    }
    *found = (shop_list)SHOP_LIST_INIT;
    found->products.items = items;
    for (; at < shop_catalogue_products_count(products); at++) {
        shop_product_view product =
            shop_catalogue_products_value_at(products, at);
        inlay_str article = shop_catalogue_products_key_at(products, at);

        if (!begins_with(article, begins)) {
            break;
        }
        if (found->products.count == most) {
            found->more = true;
            break;
        }
        items[found->products.count++] =
            (shop_listed){.article = article,
                          .name = shop_product_get_name(product),
                          .price = shop_product_get_price(product)};
    }
    self->answer.outcome.tag = SHOP_OUTCOME_LIST;
    self->answer.outcome.list = found;
}

// Adds to a sum; false where currencies differ or numbers end.
static bool add(shop_money_opt *total, shop_money price, uint32_t count)
{
    int64_t cents;

    if (price.cents < 0 || price.cents > INT64_MAX / (count > 0 ? count : 1)) {
        return false;
    }
    cents = price.cents * count;
    if (!total->has) {
        total->has = true;
        total->value = price;
        total->value.cents = cents;
        return true;
    }
    if (memcmp(total->value.currency, price.currency, sizeof price.currency) !=
            0 ||
        total->value.cents > INT64_MAX - cents) {
        return false;
    }
    total->value.cents += cents;
    return true;
}

static void price(desk *self, shop_basket_view question)
{
    shop_catalogue_products_view products = products_of(self);
    shop_line_list_view          lines = shop_basket_get_lines(question);
    size_t                       count = shop_line_list_count(lines);
    shop_bill                   *bill = take(self, 1, sizeof *bill);
    inlay_str                   *missing = take(self, count, sizeof *missing);
    inlay_str                   *scarce = take(self, count, sizeof *scarce);
    size_t                       i;

    if (bill == NULL || missing == NULL || scarce == NULL) {
        return;
    }
    *bill = (shop_bill)SHOP_BILL_INIT;
    bill->missing.items = missing;
    bill->scarce.items = scarce;
    for (i = 0; i < count; i++) {
        shop_line_view    line = shop_line_list_at(lines, i);
        inlay_str         article = shop_line_get_article(line);
        uint32_t          wanted = shop_line_get_count(line);
        size_t            at = shop_catalogue_products_find(products, article);
        shop_product_view product =
            shop_catalogue_products_value_at(products, at);

        if (at >= shop_catalogue_products_count(products)) {
            missing[bill->missing.count++] = article;
        } else if (shop_product_get_stock(product) < wanted) {
            scarce[bill->scarce.count++] = article;
        } else if (!add(&bill->total, shop_product_get_price(product),
                        wanted)) {
            refuse(self, SHOP_REASON_NO_SUM, "the prices can't be added up");
            return;
        }
    }
    self->answer.outcome.tag = SHOP_OUTCOME_BILL;
    self->answer.outcome.bill = bill;
}

static void facts(desk *self)
{
    shop_facts *found = take(self, 1, sizeof *found);

    if (found == NULL) {
        return;
    }
    *found = (shop_facts)SHOP_FACTS_INIT;
    found->products =
        (uint32_t)shop_catalogue_products_count(products_of(self));
    found->size = self->file->map.size;
    found->answered = self->counters->answered;
    found->refused = self->counters->refused;
    self->answer.outcome.tag = SHOP_OUTCOME_FACTS;
    self->answer.outcome.facts = found;
}

static void ask(desk *self, shop_question_view question)
{
    switch (shop_question_tag(question)) {
    case SHOP_QUESTION_FIND:
        find(self, shop_question_get_find(question));
        break;
    case SHOP_QUESTION_LIST:
        list(self, shop_question_get_list(question));
        break;
    case SHOP_QUESTION_PRICE:
        price(self, shop_question_get_price(question));
        break;
    case SHOP_QUESTION_FACTS:
        facts(self);
        break;
    default:
        refuse(self, SHOP_REASON_NO_QUESTION, "that is no question known here");
        break;
    }
}

// ---- Answers ----------------------------------------------------------------

// Opens the frame and the message in it; refuses what is neither.
static void hear(desk *self, inlay_bytes request, inlay_error *error)
{
    shop_request_view view;
    inlay_frame       frame;

    if (inlay_frame_open(request.data, request.size, SHOP_REQUEST_TYPE_ID,
                         &frame, error) != INLAY_OK ||
        inlay_frame_check(&frame, error) != INLAY_OK) {
        refuse_bytes(self, SHOP_REASON_BAD_FRAME, error);
        return;
    }
    if (frame.compression != INLAY_COMPRESSION_NONE) {
        refuse(self, SHOP_REASON_BAD_FRAME, "a compressed request");
        return;
    }
    if (shop_request_open_verified(frame.payload.data, frame.payload.size,
                                   &view, error) != INLAY_OK) {
        refuse_bytes(self, SHOP_REASON_BAD_REQUEST, error);
        return;
    }
    self->answer.id = shop_request_get_id(view);
    ask(self, shop_request_get_question(view));
}

static inlay_status encode(desk *self, uint8_t *to, size_t capacity,
                           size_t *size)
{
    inlay_status status =
        shop_answer_encode(&self->answer, to + INLAY_FRAME_SIZE,
                           capacity - INLAY_FRAME_SIZE, size, NULL);

    if (status == INLAY_OK) {
        inlay_frame_seal(to, SHOP_ANSWER_TYPE_ID, INLAY_COMPRESSION_NONE,
                         to + INLAY_FRAME_SIZE, *size);
        *size += INLAY_FRAME_SIZE;
    }
    return status;
}

inlay_status answer_request(const shop_file *file, answer_counters *counters,
                            inlay_bytes request, uint8_t *answer,
                            size_t capacity, size_t *size)
{
    desk         self = {.file = file, .counters = counters};
    inlay_error  error;
    inlay_status status;

    inlay_arena_init(&self.arena, NULL, 0, &inlay_alloc_heap,
                     INLAY_ARENA_NO_LIMIT);
    self.answer = (shop_answer)SHOP_ANSWER_INIT;
    self.answer.edition = shop_catalogue_get_edition(file->catalogue);
    hear(&self, request, &error);
    status = self.status;
    if (status == INLAY_OK) {
        status = encode(&self, answer, capacity, size);
    }
    if (status == INLAY_BUFFER_TOO_SMALL) {
        refuse(&self, SHOP_REASON_TOO_LARGE,
               "the answer is larger than the server takes");
        status = encode(&self, answer, capacity, size);
    }
    if (status == INLAY_OK) {
        bool refused = self.answer.outcome.tag == SHOP_OUTCOME_REFUSED;

        *(refused ? &counters->refused : &counters->answered) += 1;
    }
    inlay_arena_release(&self.arena);
    return status;
}
