// log_make.c -- writes the log that log_cli.sh works on.
#include "log_support.h"

int main(int argc, char **argv)
{
    if (argc != 2) {
        return 2;
    }
    log_fill(argv[1], NULL, 100, 10);
    return 0;
}
