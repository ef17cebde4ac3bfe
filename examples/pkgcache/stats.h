// stats.h -- how large, how fast: the same packages as text, JSON and message.
#ifndef PKGCACHE_STATS_H
#define PKGCACHE_STATS_H

// Prints sizes and times of a cache and of the status file that it was made
// from. Returns an exit status, having complained.
int stats_print(const char *cache_path, const char *status_path);

#endif
