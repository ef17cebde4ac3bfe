// tree_writer.hpp -- makes a library's own tree of a model.
//
// A library L has
//
//     node                                a handle; node{} is none
//     object(count), array(count)         an empty one
//     make(x)                             of a bool, integer, float, double,
//                                         inlay_str, inlay_bytes
//     null()                              for documents
//     push(array, child)
//     enums_are_names                     or else indices
//     set(object, name, constant, child)  `constant`: the name is a literal,
//                                         terminated, and need not be copied
//
// each of which may fail: the tree is then without it, and failed() says so.
#ifndef BENCH_RIVALS_FREE_TREE_WRITER_HPP
#define BENCH_RIVALS_FREE_TREE_WRITER_HPP

#include "bench/rivals/free/write.hpp"

namespace bench
{

template <class L> class tree_writer
{
    using node = typename L::node;
    enum place {
        ROOT,
        OBJECT,
        ARRAY
    };

    L               &lib_;
    node             root_{};
    node             parent_{};
    place            place_ = ROOT;
    std::string_view name_{};
    bool             constant_ = false;
    bool             failed_ = false;

    INLAY_INLINE void put(node child)
    {
        failed_ |= child == node{};
        if (place_ == OBJECT) {
            failed_ |= !lib_.set(parent_, name_, constant_, child);
        } else if (place_ == ARRAY) {
            failed_ |= !lib_.push(parent_, child);
        } else {
            root_ = child;
        }
    }

    // A container that is open while this lives.
    class scope
    {
        tree_writer &w_;
        node         parent_;
        place        place_;

      public:
        INLAY_INLINE scope(tree_writer &w, node made, place place)
            : w_(w), parent_(w.parent_), place_(w.place_)
        {
            w.put(made);
            w.parent_ = made;
            w.place_ = place;
        }
        INLAY_INLINE ~scope()
        {
            w_.parent_ = parent_;
            w_.place_ = place_;
        }
    };

  public:
    static constexpr bool named = true;

    explicit tree_writer(L &lib) : lib_(lib)
    {
    }
    node root() const
    {
        return root_;
    }
    bool failed() const
    {
        return failed_;
    }

    struct record : scope {
        INLAY_INLINE record(tree_writer &w, size_t count)
            : scope(w, w.lib_.object(count), OBJECT)
        {
        }
    };
    using map = record;
    struct list : scope {
        INLAY_INLINE list(tree_writer &w, size_t count)
            : scope(w, w.lib_.array(count), ARRAY)
        {
        }
    };

    template <size_t N> INLAY_INLINE void name(const char (&x)[N])
    {
        name_ = {x, N - 1};
        constant_ = true;
    }
    INLAY_INLINE void key(inlay_str x)
    {
        name_ = {x.data, x.size};
        constant_ = false;
    }
    template <class T> INLAY_INLINE void value(const T &x)
    {
        put(lib_.make(x));
    }
    void null()
    {
        put(lib_.null());
    }
    INLAY_INLINE void choice(unsigned index, std::string_view x)
    {
        if constexpr (L::enums_are_names) {
            put(lib_.make(inlay_str{x.data(), x.size()}));
        } else {
            put(lib_.make(index));
        }
    }
};

} // namespace bench

#endif
