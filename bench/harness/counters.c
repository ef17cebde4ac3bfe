// counters.c -- see counters.h.

#include "bench/harness/counters.h"

#include <linux/perf_event.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

static int leader = -1; // instructions; cycles are in its group

static int open_counter(uint64_t config, int group)
{
    struct perf_event_attr event;

    memset(&event, 0, sizeof event);
    event.type = PERF_TYPE_HARDWARE;
    event.size = sizeof event;
    event.config = config;
    event.disabled = group == -1;
    event.exclude_kernel = 1;
    event.exclude_hv = 1;
    event.read_format = PERF_FORMAT_GROUP;
    return (int)syscall(SYS_perf_event_open, &event, 0, -1, group, 0);
}

bool counters_open(void)
{
    leader = open_counter(PERF_COUNT_HW_INSTRUCTIONS, -1);
    if (leader < 0) {
        return false;
    }
    if (open_counter(PERF_COUNT_HW_CPU_CYCLES, leader) < 0) {
        close(leader);
        leader = -1;
        return false;
    }
    return true;
}

bool counters_start(void)
{
    return leader >= 0 &&
           ioctl(leader, PERF_EVENT_IOC_RESET, PERF_IOC_FLAG_GROUP) == 0 &&
           ioctl(leader, PERF_EVENT_IOC_ENABLE, PERF_IOC_FLAG_GROUP) == 0;
}

counter_values counters_stop(void)
{
    counter_values values = {0, 0};
    uint64_t       read_values[3] = {0};

    if (leader >= 0) {
        ioctl(leader, PERF_EVENT_IOC_DISABLE, PERF_IOC_FLAG_GROUP);
        if (read(leader, read_values, sizeof read_values) ==
            (ssize_t)sizeof read_values) {
            values.instructions = read_values[1];
            values.cycles = read_values[2];
        }
    }
    return values;
}
