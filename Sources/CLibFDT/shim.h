/* libfdt's public interface, for the one module that imports it: TreeEditing. */
#include <libfdt.h>
