// pool.hpp -- memory that is kept between operations.
#ifndef BENCH_RIVALS_FREE_POOL_HPP
#define BENCH_RIVALS_FREE_POOL_HPP

#include <cstddef>
#include <cstdlib>

namespace bench
{

struct pool {
    void  *data = nullptr;
    size_t size = 0;

    pool() = default;
    pool(const pool &) = delete;
    pool &operator=(const pool &) = delete;
    ~pool()
    {
        free(data);
    }
    // Grows if need be, without keeping what it held; NULL when it can't.
    void *at_least(size_t need)
    {
        if (size < need) {
            free(data);
            data = malloc(need);
            size = data != nullptr ? need : 0;
        }
        return data;
    }
};

} // namespace bench

#endif
