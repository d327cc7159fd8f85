#include "CMemory.h"

#include <malloc.h>

void hm_give_back(void) { malloc_trim(0); }
