#pragma once
#include <stddef.h>
#include <sys/types.h>

/* Linux's copy_file_range(2). The C library shows it only to programs that define _GNU_SOURCE
   before its first header, which Swift's own import of that library does not. */
extern ssize_t copy_file_range(
    int input, off_t *input_offset, int output, off_t *output_offset, size_t count,
    unsigned int flags);
