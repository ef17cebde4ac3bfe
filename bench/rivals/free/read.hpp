// read.hpp -- walks what a library read, in the order in which it was written.
//
// A reader R is what a library is read through, a tree or a stream alike:
//
//     static constexpr bool named       fields have names
//     static constexpr bool counted     lists know their count in front
//     typename R::value                 one value, a small handle
//     r.failed()                        sticky; whoever meets it gives up
//     r.fail()
//     r.integer<T>(v)  r.boolean(v)  r.real<T>(v)
//     r.text(v)                         inlay_str; lives until the next
//                                       operation
//     r.bytes(v)                        inlay_bytes, likewise
//     r.choice<E>(v)                    unsigned, below the count of names
//     r.absent(v)                       whether it is null; a stream eats it
//     r.skip(v)                         a stream eats it
//     r.finished()                      nothing follows what was read
//
//     R::record at(r, v)                the fields of an object, one by one:
//         at.more()                     there is a current field
//         at.is(literal)                and it has this name
//         at.get()                      its value
//         at.next()                     go on, after the value was eaten
//         at.leap(n)                    positional only: past n fields
//     R::list at(r, v)                  the same without is(), and at.count()
//                                       where counted
//     R::map at(r, v)                   the same with at.key()
//
// Fields are asked for in the order of the description; what comes in another
// order, or is unknown, costs another round over the description but is read
// (or left) all the same.
#ifndef BENCH_RIVALS_FREE_READ_HPP
#define BENCH_RIVALS_FREE_READ_HPP

#include "bench/rivals/free/shape.hpp"

namespace bench
{

// Sends every field of the record to F, which says in `taken` how many it met.
template <class R, class F, class At, class T>
INLAY_INLINE void each_field(R &r, F &f, At &at, T &x)
{
    do {
        f.taken = 0;
        describe<std::remove_cv_t<T>>::fields(f, x);
        if (R::named && f.taken == 0 && at.more() && !r.failed()) {
            r.skip(at.get());
            at.next();
        }
    } while (R::named && at.more() && !r.failed());
    while (!R::named && at.more() && !r.failed()) {
        r.skip(at.get());
        at.next();
    }
}

// Moves to a field; false when there is none.
template <class T, class R, class At, size_t N>
INLAY_INLINE bool find_field(R &r, At &at, const char (&name)[N])
{
    if constexpr (R::named) {
        while (at.more() && !r.failed()) {
            if (at.is(name)) {
                return true;
            }
            r.skip(at.get());
            at.next();
        }
        return false;
    } else {
        at.leap(field_index<T>(name));
        return at.more();
    }
}

// Moves `n` elements on.
template <class R, class At> inline void pass(R &r, At &at, size_t n)
{
    for (; n > 0 && at.more() && !r.failed(); n--) {
        r.skip(at.get());
        at.next();
    }
}

template <class E, class R> inline unsigned choice_of(R &r, inlay_str name)
{
    for (unsigned i = 0; i < choice_names<E>::count; i++) {
        std::string_view known = choice_name<E>(i);

        if (known.size() == name.size &&
            memcmp(known.data(), name.data, name.size) == 0) {
            return i;
        }
    }
    r.fail();
    return 0;
}

// Whether an integer of the wire fits a field.
template <class T, class R, class W> inline T narrow(R &r, W wide)
{
    if (static_cast<W>(static_cast<T>(wide)) != wide ||
        (static_cast<T>(wide) < T{}) != (wide < W{})) {
        r.fail();
        return T{};
    }
    return static_cast<T>(wide);
}

} // namespace bench

#endif
