# The ring and its rivals, where there is a ring.
get_property(ring_sources GLOBAL PROPERTY INLAY_RING_SOURCES)
if(NOT ring_sources)
    return()
endif()
add_library(bench_channels STATIC
    channel.c
    channel_broker.c
    channel_fd.c
    channel_ring.c
    peer.c
    ring_flow.c
    ring_large.c
    ring_trip.c
    ../harness/histogram.c)
target_include_directories(bench_channels PUBLIC ${PROJECT_SOURCE_DIR})
target_link_libraries(bench_channels PUBLIC inlay-ipc rt)
inlay_generate(bench_channels tick.inlay)
target_compile_definitions(inlay-ipc-bench PRIVATE IPC_HAVE_RING)
target_link_libraries(inlay-ipc-bench PRIVATE bench_channels)

# Neither has a file for pkg-config in Debian that names all it needs.
foreach(rival ZMQ:zmq:zmq.h NNG:nng:nng/nng.h)
    string(REPLACE ":" ";" rival ${rival})
    list(GET rival 0 name)
    list(GET rival 1 library)
    list(GET rival 2 header)
    find_library(IPC_${name}_LIBRARY ${library})
    find_path(IPC_${name}_INCLUDE ${header})
    if(INLAY_BENCH_RIVALS AND IPC_${name}_LIBRARY AND IPC_${name}_INCLUDE)
        target_link_libraries(bench_channels PUBLIC ${IPC_${name}_LIBRARY})
        target_compile_definitions(bench_channels PRIVATE IPC_HAVE_${name})
    endif()
endforeach()

# How single round trips are spread.
add_executable(inlay-ring-latency ring_latency.c support.c
               ../harness/clock.c)
target_link_libraries(inlay-ring-latency PRIVATE bench_channels bench_stats)
set_target_properties(inlay-ring-latency PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
add_test(NAME bench_ring_latency COMMAND inlay-ring-latency 2000)
