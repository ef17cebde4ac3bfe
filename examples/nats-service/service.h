// service.h -- answers requests on a subject of NATS, as one of a queue group.
#ifndef NATS_SERVICE_SERVICE_H
#define NATS_SERVICE_SERVICE_H

// Answers from the catalogue in `file` until SIGTERM or SIGINT; then takes no
// more requests, answers those that have come, and returns. Any number may run:
// the server gives each request to one of them. Returns an exit status.
int service_run(const char *url, const char *file);

#endif
