// figures.c -- numbers as text; see figures.h.

#include "bench/report/figures.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum {
    DIGITS_MAX = 3
};

static figure nothing(void)
{
    return (figure){"-"};
}

int figure_digits(const result_estimate *estimate)
{
    double half = (estimate->high - estimate->low) / 2.0;
    double digits;

    if (!(half > 0.0)) {
        return DIGITS_MAX;
    }
    digits = floor(log10(estimate->median)) - floor(log10(half)) + 1.0;
    return digits < 1.0 ? 1 : digits > DIGITS_MAX ? DIGITS_MAX : (int)digits;
}

// Rounds to significant digits.
static double rounded(double value, int digits)
{
    char   text[40];
    double back = value;

    snprintf(text, sizeof text, "%.*e", digits - 1, value);
    sscanf(text, "%lf", &back);
    return back;
}

// Writes a number that is rounded already, without an exponent.
static void print_rounded(char *text, size_t size, double value, int digits)
{
    int whole = value >= 1.0 ? (int)floor(log10(value)) + 1 : 0;
    int after = value > 0.0 && whole == 0
                    ? digits - 1 - (int)floor(log10(value))
                    : digits - whole;

    snprintf(text, size, "%.*f", value == 0.0 || after < 0 ? 0 : after, value);
}

figure figure_time(double ns, int digits)
{
    static const struct {
        double      ns;
        const char *name;
    } units[] = {{1.0, "ns"}, {1e3, "µs"}, {1e6, "ms"}, {1e9, "s"}};
    double value = rounded(ns, digits);
    size_t unit = 0;
    char   number[30];
    figure out = nothing();

    if (isnan(ns)) {
        return out;
    }
    while (unit + 1 < sizeof units / sizeof units[0] &&
           value >= units[unit + 1].ns) {
        unit++;
    }
    print_rounded(number, sizeof number, value / units[unit].ns, digits);
    snprintf(out.text, sizeof out.text, "%s %s", number, units[unit].name);
    return out;
}

figure figure_estimate(const result_estimate *ns)
{
    return figure_time(ns->median, figure_digits(ns));
}

// Sets the thousands before the point apart.
static void print_grouped(figure *out, const char *number)
{
    size_t whole = strcspn(number, ".");
    size_t used = 0;
    size_t i;

    for (i = 0; number[i] != '\0' && used + 2 < sizeof out->text; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) {
            out->text[used++] = ',';
        }
        out->text[used++] = number[i];
    }
    out->text[used] = '\0';
}

figure figure_ratio(double ratio, int digits)
{
    figure out = nothing();
    char   number[30];

    if (!isnan(ratio)) {
        print_rounded(number, sizeof number, rounded(ratio, digits), digits);
        print_grouped(&out, number);
    }
    return out;
}

figure figure_count(double count)
{
    figure out = nothing();
    char   number[30];

    if (!isnan(count)) {
        snprintf(number, sizeof number, "%.0f", count);
        print_grouped(&out, number);
    }
    return out;
}

figure figure_bytes(double bytes)
{
    static const char *const units[] = {"bytes", "KiB", "MiB", "GiB"};
    size_t                   unit = 0;
    figure                   out = nothing();

    if (isnan(bytes)) {
        return out;
    }
    while (unit + 1 < sizeof units / sizeof units[0] && bytes >= 1024.0) {
        bytes /= 1024.0;
        unit++;
    }
    snprintf(out.text, sizeof out.text, bytes < 1000.0 ? "%.3g %s" : "%.0f %s",
             bytes, units[unit]);
    return out;
}

static figure change(double ratio, bool sign)
{
    figure out = nothing();

    if (isnan(ratio)) {
        return out;
    }
    if (ratio >= 2.0) {
        snprintf(out.text, sizeof out.text, "x %.40s",
                 figure_ratio(ratio, 2).text);
    } else {
        snprintf(out.text, sizeof out.text, sign ? "%+.1f %%" : "%.1f %%",
                 (ratio - 1.0) * 100.0);
    }
    return out;
}

figure figure_change(double ratio)
{
    return change(ratio, true);
}

figure figure_excess(double ratio)
{
    return change(ratio, false);
}

size_t figure_width(const char *text)
{
    size_t width = 0;

    for (; *text != '\0'; text++) {
        width += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return width;
}
