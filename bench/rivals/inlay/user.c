// user.c -- the user's set: the cases are in code that is made of the user's
// schema when the first of them is opened.

#include "bench/rivals/inlay/inlay.h"
#include "bench/user/code.h"

enum {
    CHECKED,
    ONCE,
    LAZY
};

// Fills a case in with the functions that were made, so that measuring calls
// them with nothing between, and opens it.
static bool open_as(bench_state *state, bench_case *mine, int way)
{
    bool (*again)(bench_state *) = mine->open;
    const bench_case *const *made = user_code(state->model, &state->failure);

    if (made == NULL) {
        return false;
    }
    *mine = *made[way];
    mine->open = again;
    return made[way]->open(state);
}

static bool open_checked(bench_state *state)
{
    return open_as(state, &user_checked, CHECKED);
}

static bool open_once(bench_state *state)
{
    return open_as(state, &user_once, ONCE);
}

static bool open_lazy(bench_state *state)
{
    return open_as(state, &user_lazy, LAZY);
}

bench_case user_checked = {.open = open_checked};
bench_case user_once = {.open = open_once};
bench_case user_lazy = {.open = open_lazy};
