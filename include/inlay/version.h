/* version.h -- the version of Inlay. */
#ifndef INLAY_VERSION_H
#define INLAY_VERSION_H

#define INLAY_VERSION "0.1.0"

#endif
