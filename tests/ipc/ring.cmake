# The ring, where there is one.
include(CheckCSourceCompiles)
get_property(ring_sources GLOBAL PROPERTY INLAY_RING_SOURCES)
if(NOT ring_sources)
    message(STATUS "No ring here: its tests are left out")
    return()
endif()
add_library(ring_support STATIC ring_support.c)
target_link_libraries(ring_support PUBLIC inlay-ipc PkgConfig::CMOCKA)

inlay_test(test_ring test_ring.c LIBS ring_support ipc_fault)
inlay_test(test_ring_hello test_ring_hello.c LIBS ring_support)
target_compile_definitions(test_ring_hello PRIVATE _GNU_SOURCE)

# Its accessors are all called on what a hostile process rewrites.
inlay_test(test_ring_hostile test_ring_hostile.c LIBS ring_support
           generated_everything)
target_compile_definitions(test_ring_hostile PRIVATE _GNU_SOURCE)

# Once more with its steps called, to be killed at each.
inlay_test(test_ring_kill test_ring_kill.c ${ring_sources} LIBS ring_support)
target_compile_definitions(test_ring_kill PRIVATE _GNU_SOURCE INLAY_RING_STEPS)

# Once more with its sides as threads, by ThreadSanitizer unless another one is
# asked for. Fences are unknown to it; they only decide who sleeps.
find_package(Threads REQUIRED)
inlay_test(test_ring_threads test_ring_threads.c ring_support.c ${ring_sources}
           LIBS inlay Threads::Threads)
target_compile_definitions(test_ring_threads PRIVATE _GNU_SOURCE)
set(CMAKE_REQUIRED_FLAGS -fsanitize=thread)
set(CMAKE_REQUIRED_LINK_OPTIONS -fsanitize=thread)
check_c_source_compiles("int main(void) { return 0; }" INLAY_HAS_TSAN)
unset(CMAKE_REQUIRED_FLAGS)
unset(CMAKE_REQUIRED_LINK_OPTIONS)
if(INLAY_HAS_TSAN AND NOT INLAY_SANITIZE)
    target_compile_options(test_ring_threads PRIVATE -fsanitize=thread
                           $<$<C_COMPILER_ID:GNU>:-Wno-tsan>)
    target_link_options(test_ring_threads PRIVATE -fsanitize=thread)
endif()
