// verdict.c -- see verdict.h.

#include "bench/claims/verdict.h"

#include <math.h>
#include <stdio.h>

// What "about" allows: as much up as down, of a ratio.
#define ABOUT 1.25

// What is still "free".
#define FREE 1.05

claim_range claim_between(double low, double high)
{
    return (claim_range){CLAIM_BETWEEN, 0, low, high, 1};
}

claim_range claim_about(double stated)
{
    return (claim_range){CLAIM_ABOUT, stated, stated / ABOUT, stated * ABOUT,
                         1};
}

claim_range claim_up_to(double high)
{
    return (claim_range){CLAIM_UP_TO, high, 1, high, 1};
}

claim_range claim_over(double low)
{
    return (claim_range){CLAIM_OVER, low, low, INFINITY, 1};
}

claim_range claim_free(void)
{
    return (claim_range){CLAIM_UP_TO, FREE, 0, FREE, 1};
}

claim_range claim_value(double stated)
{
    return (claim_range){CLAIM_ABOUT, stated, stated / ABOUT, stated * ABOUT,
                         NAN};
}

claim_range claim_percent(double low, double high)
{
    return (claim_range){CLAIM_BETWEEN, 0, low, high, 0};
}

claim_verdict claim_judge(claim_range range, double low, double high)
{
    // Comparisons with NAN are false: such figures can only differ.
    if (range.low >= range.neutral && low <= range.neutral) {
        return CLAIM_DOES_NOT_HOLD;
    }
    if (low <= range.high && high >= range.low) {
        return CLAIM_HOLDS;
    }
    if (range.low < range.neutral && range.neutral < range.high) {
        return CLAIM_DOES_NOT_HOLD;
    }
    return CLAIM_DIFFERS;
}

const char *claim_verdict_text(claim_verdict verdict)
{
    switch (verdict) {
    case CLAIM_HOLDS:
        return "holds";
    case CLAIM_DIFFERS:
        return "differs";
    default:
        return "does not hold here";
    }
}

void claim_range_text(claim_range range, const char *unit, char *text,
                      size_t size)
{
    switch (range.form) {
    case CLAIM_BETWEEN:
        snprintf(text, size, "%g to %g%s", range.low, range.high, unit);
        break;
    case CLAIM_ABOUT:
        snprintf(text, size, "about %g%s", range.stated, unit);
        break;
    case CLAIM_UP_TO:
        snprintf(text, size, "up to %g%s", range.stated, unit);
        break;
    case CLAIM_OVER:
        snprintf(text, size, "over %g%s", range.stated, unit);
        break;
    }
}
