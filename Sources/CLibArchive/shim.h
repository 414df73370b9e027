/* libarchive's public interface, for the one module that imports it: Archives. */
#include <archive.h>
#include <archive_entry.h>
