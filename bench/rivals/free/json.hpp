// json.hpp -- what the JSON codecs share.
//
// Records are objects, absent optionals are left out, enums are their names,
// bytes are base64 with padding. Floats have as few digits as bring the same
// float back, where the library can write them so.
#ifndef BENCH_RIVALS_FREE_JSON_HPP
#define BENCH_RIVALS_FREE_JSON_HPP

#include <charconv>

#include "bench/rivals/free/read.hpp"
#include "bench/rivals/free/write.hpp"

namespace bench
{

// ---- Base64 -----------------------------------------------------------------

inline size_t base64_size(size_t size)
{
    return (size + 2) / 3 * 4;
}

// Writes base64_size() characters.
inline void base64_encode(char *to, inlay_bytes from)
{
    static constexpr char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                      "abcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t                i = 0;

    for (; i + 3 <= from.size; i += 3) {
        uint32_t x = uint32_t{from.data[i]} << 16 |
                     uint32_t{from.data[i + 1]} << 8 | from.data[i + 2];

        *to++ = letters[x >> 18];
        *to++ = letters[x >> 12 & 63];
        *to++ = letters[x >> 6 & 63];
        *to++ = letters[x & 63];
    }
    if (i < from.size) {
        bool     two = i + 1 < from.size;
        uint32_t x = uint32_t{from.data[i]} << 16 |
                     (two ? uint32_t{from.data[i + 1]} << 8 : 0);

        *to++ = letters[x >> 18];
        *to++ = letters[x >> 12 & 63];
        *to++ = two ? letters[x >> 6 & 63] : '=';
        *to++ = '=';
    }
}

// The values of letters; 64 for what is none.
struct base64_values {
    uint8_t of[256];

    constexpr base64_values() : of()
    {
        for (unsigned i = 0; i < 256; i++) {
            of[i] = i >= 'A' && i <= 'Z'   ? uint8_t(i - 'A')
                    : i >= 'a' && i <= 'z' ? uint8_t(i - 'a' + 26)
                    : i >= '0' && i <= '9' ? uint8_t(i - '0' + 52)
                    : i == '+'             ? uint8_t{62}
                    : i == '/'             ? uint8_t{63}
                                           : uint8_t{64};
        }
    }
};

// Decodes a group of four; what is no letter leaves bits above the 24.
inline uint32_t base64_group(const uint8_t *at)
{
    static constexpr base64_values values;
    uint32_t                       a = values.of[at[0]], b = values.of[at[1]];
    uint32_t                       c = values.of[at[2]], d = values.of[at[3]];

    return ((a | b | c | d) & 64) << 24 | a << 18 | b << 12 | c << 6 | d;
}

// Decodes into memory from bench_take; a reader's bytes().
template <class R>
inline inlay_bytes base64_decode(R &r, bench_state *state, inlay_str text)
{
    const auto *from = reinterpret_cast<const uint8_t *>(text.data);
    size_t      groups = text.size / 4;
    auto       *to = static_cast<uint8_t *>(bench_take(state, groups, 3));
    size_t      pads = 0;
    uint32_t    bad = 0;

    if (text.size % 4 != 0 || to == nullptr) {
        r.fail();
        return {nullptr, 0};
    }
    if (groups == 0) {
        return {to, 0};
    }
    uint8_t last[4];

    memcpy(last, from + 4 * (groups - 1), 4);
    for (; pads < 2 && last[3 - pads] == '='; pads++) {
        last[3 - pads] = 'A';
    }
    for (size_t i = 0; i < groups; i++) {
        uint32_t x = base64_group(i + 1 < groups ? from + 4 * i : last);

        to[3 * i] = uint8_t(x >> 16);
        to[3 * i + 1] = uint8_t(x >> 8);
        to[3 * i + 2] = uint8_t(x);
        bad |= x >> 24;
    }
    if (bad != 0) {
        r.fail();
    }
    return {to, 3 * groups - pads};
}

// ---- Text -------------------------------------------------------------------

// Writes JSON in the least of characters, for libraries that only read. Nothing
// of it is measured.
struct json_text {
    static constexpr bool named = true;

    byte_sink &to;
    bool       first = true;

    void literal(std::string_view x)
    {
        to.put(x.data(), x.size());
    }
    void comma()
    {
        if (!first) {
            literal(",");
        }
        first = false;
    }

    struct record {
        json_text &w;

        record(json_text &writer, size_t) : w(writer)
        {
            w.comma_unless_named();
            w.literal("{");
            w.first = true;
        }
        ~record()
        {
            w.literal("}");
            w.first = false;
        }
    };
    using map = record;
    struct list {
        json_text &w;

        list(json_text &writer, size_t) : w(writer)
        {
            w.comma_unless_named();
            w.literal("[");
            w.first = true;
        }
        ~list()
        {
            w.literal("]");
            w.first = false;
        }
    };

    bool after_name = false;

    void comma_unless_named()
    {
        if (!after_name) {
            comma();
        }
        after_name = false;
    }
    void quoted(inlay_str x)
    {
        static constexpr char digits[] = "0123456789abcdef";

        literal("\"");
        for (size_t i = 0; i < x.size; i++) {
            uint8_t c = uint8_t(x.data[i]);

            if (c < 0x20) {
                char escape[] = {'\\',           'u',           '0', '0',
                                 digits[c >> 4], digits[c & 15]};

                to.put(escape, sizeof escape);
            } else {
                if (c == '"' || c == '\\') {
                    literal("\\");
                }
                to.put(&c, 1);
            }
        }
        literal("\"");
    }
    void key(inlay_str x)
    {
        comma();
        quoted(x);
        literal(":");
        after_name = true;
    }
    template <size_t N> void name(const char (&x)[N])
    {
        key({x, N - 1});
    }
    template <class T> void value(T x)
    {
        char text[32];

        comma_unless_named();
        if constexpr (std::is_same_v<T, bool>) {
            literal(x ? "true" : "false");
        } else {
            char *end = std::to_chars(text, text + sizeof text, x).ptr;

            literal({text, size_t(end - text)});
            if (std::is_floating_point_v<T> &&
                std::string_view(text, size_t(end - text))
                        .find_first_of(".e") == std::string_view::npos) {
                literal(".0"); // -0 keeps its sign
            }
        }
    }
    void value(inlay_str x)
    {
        comma_unless_named();
        quoted(x);
    }
    void value(inlay_bytes x)
    {
        comma_unless_named();
        literal("\"");
        for (size_t i = 0; i < x.size; i += 3) {
            char text[4];

            base64_encode(text, {x.data + i, x.size - i < 3 ? x.size - i : 3});
            to.put(text, 4);
        }
        literal("\"");
    }
    void choice(unsigned, std::string_view x)
    {
        value(inlay_str{x.data(), x.size()});
    }
    void absent()
    {
    }
    void null()
    {
        comma_unless_named();
        literal("null");
    }
};

template <class M>
inline uint64_t write_json(bench_state *state, const M &model)
{
    byte_sink sink(state);
    json_text w{sink};

    write_record(w, model);
    return sink.written(state);
}

} // namespace bench

#endif
