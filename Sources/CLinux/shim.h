/* Calls of Linux that Swift's own module of glibc leaves out: for Files. */
#include <sys/types.h>
#include <sys/xattr.h>

/* glibc shows this one only to those who ask for its extensions, see sync_file_range(2). */
extern int sync_file_range(int file, __off64_t offset, __off64_t count, unsigned int flags);

static const unsigned int beginWriting = 2; /* SYNC_FILE_RANGE_WRITE */

static const int seekToData = 3; /* SEEK_DATA */
