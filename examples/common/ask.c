// ask.c -- see ask.h.
#include "ask.h"

#include <inttypes.h>
#include <string.h>

#include "shop_text.h"

enum {
    LINES_MAX = 100 // as the schema has it
};

// ---- Questions --------------------------------------------------------------

// Parses ARTICLE or ARTICLE=COUNT.
static bool parse_line(const char *word, shop_line *line)
{
    const char *equals = strrchr(word, '=');
    uint64_t    count;

    *line = (shop_line)SHOP_LINE_INIT;
    line->article = inlay_str_from(word);
    if (equals == NULL) {
        return true;
    }
    if (!parse_number(inlay_str_from(equals + 1), UINT32_MAX, &count)) {
        return false;
    }
    line->article.size = (size_t)(equals - word);
    line->count = (uint32_t)count;
    return true;
}

static int encode(const shop_request *request, uint8_t *to, size_t *size)
{
    inlay_error error;

    if (shop_request_encode(request, to, SHOP_REQUEST_SIZE_MAX, size, &error) !=
        INLAY_OK) {
        return complain_error(EXIT_WRONG, "this can't be asked", &error);
    }
    return EXIT_GOOD;
}

static int encode_basket(int count, char *const *words, shop_request *request,
                         uint8_t *to, size_t *size)
{
    shop_line   lines[LINES_MAX];
    shop_basket basket = SHOP_BASKET_INIT;
    int         i;

    if (count > LINES_MAX) {
        return complain(EXIT_WRONG, "%d articles are too many: %d", LINES_MAX,
                        count);
    }
    for (i = 0; i < count; i++) {
        if (!parse_line(words[i], &lines[i])) {
            return complain(EXIT_WRONG, "%s: no count behind the `=`",
                            words[i]);
        }
    }
    basket.lines.items = lines;
    basket.lines.count = (size_t)count;
    request->question.tag = SHOP_QUESTION_PRICE;
    request->question.price = &basket;
    return encode(request, to, size);
}

static int encode_listing(int count, char *const *words, shop_request *request,
                          uint8_t *to, size_t *size)
{
    shop_listing listing = SHOP_LISTING_INIT;
    uint64_t     most;

    listing.begins = inlay_str_from(words[0]);
    if (count > 1) {
        if (!parse_number(inlay_str_from(words[1]), UINT16_MAX, &most)) {
            return complain(EXIT_WRONG,
                            "%s: not a number that can be asked for", words[1]);
        }
        listing.most = (uint16_t)most;
    }
    request->question.tag = SHOP_QUESTION_LIST;
    request->question.list = &listing;
    return encode(request, to, size);
}

int ask_encode(int count, char *const *words, uint32_t id, uint8_t *request,
               size_t *size)
{
    shop_request native = SHOP_REQUEST_INIT;
    shop_find    find = SHOP_FIND_INIT;

    native.id = id;
    if (count == 2 && strcmp(words[0], "find") == 0) {
        find.article = inlay_str_from(words[1]);
        native.question.tag = SHOP_QUESTION_FIND;
        native.question.find = &find;
        return encode(&native, request, size);
    }
    if ((count == 2 || count == 3) && strcmp(words[0], "list") == 0) {
        return encode_listing(count - 1, words + 1, &native, request, size);
    }
    if (count >= 2 && strcmp(words[0], "price") == 0) {
        return encode_basket(count - 1, words + 1, &native, request, size);
    }
    if (count == 1 && strcmp(words[0], "facts") == 0) {
        native.question.tag = SHOP_QUESTION_FACTS;
        return encode(&native, request, size);
    }
    return complain(EXIT_WRONG, "ask: find ARTICLE, list BEGINS [MOST], "
                                "price ARTICLE[=COUNT]..., facts");
}

// ---- Answers ----------------------------------------------------------------

static void print_found(shop_found_view found)
{
    shop_print_product(stdout, shop_found_get_article(found),
                       shop_found_get_product(found));
}

static void print_list(shop_list_view list)
{
    shop_listed_list_view products = shop_list_get_products(list);
    size_t                i;

    for (i = 0; i < shop_listed_list_count(products); i++) {
        shop_listed_view product = shop_listed_list_at(products, i);

        print_text(stdout, shop_listed_get_article(product));
        putchar('\t');
        print_text(stdout, shop_listed_get_name(product));
        putchar('\t');
        shop_print_money(stdout, shop_listed_get_price(product));
        putchar('\n');
    }
    if (shop_list_get_more(list)) {
        puts("...");
    }
}

static void print_articles(const char *what, inlay_str_list_view articles)
{
    size_t i;

    for (i = 0; i < inlay_str_list_count(articles); i++) {
        printf("%s\t", what);
        print_text(stdout, inlay_str_list_at(articles, i));
        putchar('\n');
    }
}

static void print_bill(shop_bill_view bill)
{
    if (shop_bill_has_total(bill)) {
        fputs("total\t", stdout);
        shop_print_money(stdout, shop_bill_get_total(bill));
        putchar('\n');
    }
    print_articles("missing", shop_bill_get_missing(bill));
    print_articles("scarce", shop_bill_get_scarce(bill));
}

static void print_facts(shop_facts_view facts, uint64_t edition)
{
    printf("edition\t%016" PRIx64 "\n", edition);
    printf("products\t%" PRIu32 "\n", shop_facts_get_products(facts));
    printf("size\t%" PRIu64 "\n", shop_facts_get_size(facts));
    printf("answered\t%" PRIu64 "\n", shop_facts_get_answered(facts));
    printf("refused\t%" PRIu64 "\n", shop_facts_get_refused(facts));
    printf("reloads\t%" PRIu32 "\n", shop_facts_get_reloads(facts));
}

static int print_refusal(shop_refusal_view refusal)
{
    const char *name = shop_reason_name(shop_refusal_get_reason(refusal));

    fprintf(stderr, "refused: %s: ", name == NULL ? "?" : name);
    print_text(stderr, shop_refusal_get_text(refusal));
    if (shop_refusal_has_path(refusal)) {
        fputs(" at ", stderr);
        print_text(stderr, shop_refusal_get_path(refusal));
    }
    if (shop_refusal_has_offset(refusal)) {
        fprintf(stderr, " (byte %" PRIu64 ")",
                shop_refusal_get_offset(refusal));
    }
    fputc('\n', stderr);
    return EXIT_BAD;
}

int ask_print(const uint8_t *answer, size_t size, uint32_t id)
{
    inlay_error       error;
    shop_answer_view  view;
    shop_outcome_view outcome;

    if (shop_answer_open_verified(answer, size, &view, &error) != INLAY_OK) {
        return complain_error(EXIT_BAD, "what was answered", &error);
    }
    outcome = shop_answer_get_outcome(view);
    // A refusal of what could not be read has no id to give back.
    if (shop_answer_get_id(view) != id &&
        shop_outcome_tag(outcome) != SHOP_OUTCOME_REFUSED) {
        return complain(EXIT_BAD, "the answer is to another question");
    }
    switch (shop_outcome_tag(outcome)) {
    case SHOP_OUTCOME_FOUND:
        print_found(shop_outcome_get_found(outcome));
        return EXIT_GOOD;
    case SHOP_OUTCOME_LIST:
        print_list(shop_outcome_get_list(outcome));
        return EXIT_GOOD;
    case SHOP_OUTCOME_BILL:
        print_bill(shop_outcome_get_bill(outcome));
        return EXIT_GOOD;
    case SHOP_OUTCOME_FACTS:
        print_facts(shop_outcome_get_facts(outcome),
                    shop_answer_get_edition(view));
        return EXIT_GOOD;
    case SHOP_OUTCOME_REFUSED:
        return print_refusal(shop_outcome_get_refused(outcome));
    default:
        return complain(EXIT_BAD, "an answer that this revision does not know");
    }
}
