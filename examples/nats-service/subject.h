// subject.h -- what service and clients have settled.
#ifndef NATS_SERVICE_SUBJECT_H
#define NATS_SERVICE_SUBJECT_H

#include <nats/nats.h>

#define SUBJECT        "shop.ask"
#define QUEUE          "shop" // each request goes to one of the group
#define EDITION_HEADER "Shop-Edition"

// Connects; gives up after 5 s, and comes back for a minute when the server
// goes away later. `connection` is untouched on failure.
natsStatus connect_to_server(const char *url, natsConnection **connection);

#endif
