# The ring, where there is one.
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

# Once more with its steps called, to be killed at each.
inlay_test(test_ring_kill test_ring_kill.c ${ring_sources} LIBS ring_support)
target_compile_definitions(test_ring_kill PRIVATE _GNU_SOURCE INLAY_RING_STEPS)
