// names.c -- see names.h.

#include "gen/names.h"

#include <ctype.h>
#include <string.h>

// Keywords of C23 and C++23, and macros and types of headers that generated
// code or its users are sure to include. Types matter since a member hides
// them from the members behind it in C++.
static const char *const names_reserved[] = {
    "alignas",
    "alignof",
    "and",
    "and_eq",
    "asm",
    "assert",
    "auto",
    "bitand",
    "bitor",
    "bool",
    "break",
    "case",
    "catch",
    "char",
    "char16_t",
    "char32_t",
    "char8_t",
    "class",
    "co_await",
    "co_return",
    "co_yield",
    "compl",
    "concept",
    "const",
    "const_cast",
    "consteval",
    "constexpr",
    "constinit",
    "continue",
    "decltype",
    "default",
    "delete",
    "do",
    "double",
    "dynamic_cast",
    "else",
    "enum",
    "errno",
    "explicit",
    "export",
    "extern",
    "false",
    "float",
    "for",
    "friend",
    "goto",
    "if",
    "inline",
    "int",
    "linux",
    "long",
    "mutable",
    "namespace",
    "new",
    "noexcept",
    "not",
    "not_eq",
    "nullptr",
    "offsetof",
    "operator",
    "or",
    "or_eq",
    "private",
    "protected",
    "public",
    "register",
    "reinterpret_cast",
    "requires",
    "restrict",
    "return",
    "short",
    "signed",
    "sizeof",
    "static",
    "static_assert",
    "static_cast",
    "stderr",
    "stdin",
    "stdout",
    "struct",
    "switch",
    "template",
    "this",
    "thread_local",
    "throw",
    "true",
    "try",
    "typedef",
    "typeid",
    "typename",
    "typeof",
    "typeof_unqual",
    "union",
    "unix",
    "unsigned",
    "using",
    "virtual",
    "void",
    "volatile",
    "wchar_t",
    "while",
    "xor",
    "xor_eq",
    "NULL",
    "EOF",
    "I",
    "_Alignas",
    "_Alignof",
    "_Atomic",
    "_BitInt",
    "_Bool",
    "_Complex",
    "_Decimal128",
    "_Decimal32",
    "_Decimal64",
    "_Generic",
    "_Imaginary",
    "_Noreturn",
    "_Static_assert",
    "_Thread_local",
    "int8_t",
    "int16_t",
    "int32_t",
    "int64_t",
    "uint8_t",
    "uint16_t",
    "uint32_t",
    "uint64_t",
    "intptr_t",
    "uintptr_t",
    "intmax_t",
    "uintmax_t",
    "size_t",
    "ptrdiff_t",
    "max_align_t",
    "CHAR_BIT",
    "CHAR_MIN",
    "CHAR_MAX",
    "SCHAR_MIN",
    "SCHAR_MAX",
    "UCHAR_MAX",
    "SHRT_MIN",
    "SHRT_MAX",
    "USHRT_MAX",
    "INT_MIN",
    "INT_MAX",
    "UINT_MAX",
    "LONG_MIN",
    "LONG_MAX",
    "ULONG_MAX",
    "LLONG_MIN",
    "LLONG_MAX",
    "ULLONG_MAX",
    "INT8_MIN",
    "INT8_MAX",
    "UINT8_MAX",
    "INT16_MIN",
    "INT16_MAX",
    "UINT16_MAX",
    "INT32_MIN",
    "INT32_MAX",
    "UINT32_MAX",
    "INT64_MIN",
    "INT64_MAX",
    "UINT64_MAX",
    "SIZE_MAX",
    "PTRDIFF_MIN",
    "PTRDIFF_MAX",
    "INTPTR_MIN",
    "INTPTR_MAX",
    "UINTPTR_MAX",
    "INTMAX_MIN",
    "INTMAX_MAX",
    "UINTMAX_MAX",
    "NAN",
    "INFINITY",
    "HUGE_VAL",
    "HUGE_VALF",
    "HUGE_VALL",
    "BUFSIZ",
    "SEEK_SET",
    "SEEK_CUR",
    "SEEK_END",
    "EXIT_SUCCESS",
    "EXIT_FAILURE",
    "RAND_MAX",
    "alloca",
    "complex",
    "noreturn",
    "i386",
    NULL,
};

void names_init_with(names *n, arena *memory, const char *const *reserved)
{
    memset(n, 0, sizeof *n);
    n->memory = memory;
    n->table.arena = memory;
    n->taken.arena = memory;
    for (; *reserved != NULL; reserved++) {
        const char *name = str_intern(&n->table, *reserved, strlen(*reserved));

        str_map_add(&n->taken, name, n);
    }
}

void names_init(names *n, arena *memory)
{
    names_init_with(n, memory, names_reserved);
}

static const char *name_join(names *n, const char *name, const char *suffix)
{
    const char *joined = str_format(n->memory, "%s%s", name, suffix);

    return str_intern(&n->table, joined, strlen(joined));
}

static bool family_free(names *n, const char *name, const char *const *suffixes)
{
    for (; *suffixes != NULL; suffixes++) {
        if (str_map_get(&n->taken, name_join(n, name, *suffixes)) != NULL) {
            return false;
        }
    }
    return true;
}

const char *names_take_family(names *n, const char *name,
                              const char *const *suffixes)
{
    const char *chosen = name_join(n, name, "");

    while (!n->memory->failed && !family_free(n, chosen, suffixes)) {
        chosen = name_join(n, chosen, "_");
    }
    for (; *suffixes != NULL; suffixes++) {
        str_map_add(&n->taken, name_join(n, chosen, *suffixes), n);
    }
    return chosen;
}

const char *names_take(names *n, const char *name)
{
    static const char *const alone[] = {"", NULL};

    return names_take_family(n, name, alone);
}

// A capital begins a word when a small letter or a digit stands before it, or
// a capital before it and a small letter behind it: HTTPServer is http_server.
static bool begins_word(const char *name, size_t i)
{
    unsigned char before, here, after;

    if (i == 0) {
        return false;
    }
    before = (unsigned char)name[i - 1];
    here = (unsigned char)name[i];
    after = (unsigned char)name[i + 1];
    return isupper(here) && (islower(before) || isdigit(before) ||
                             (isupper(before) && islower(after)));
}

const char *names_snake(arena *a, const char *name)
{
    size_t size = strlen(name);
    char  *snake = arena_alloc(a, 2 * size + 1, 1);
    size_t at = 0;
    size_t i;

    if (snake == NULL) {
        return "";
    }
    for (i = 0; i < size; i++) {
        if (begins_word(name, i)) {
            snake[at++] = '_';
        }
        snake[at++] =
            (char)(name[i] == '.' ? '_' : tolower((unsigned char)name[i]));
    }
    return snake;
}

const char *names_upper(arena *a, const char *name)
{
    const char *snake = names_snake(a, name);
    char       *upper = arena_copy(a, snake, strlen(snake));
    size_t      i;

    if (upper == NULL) {
        return "";
    }
    for (i = 0; upper[i] != '\0'; i++) {
        upper[i] = (char)toupper((unsigned char)upper[i]);
    }
    return upper;
}
