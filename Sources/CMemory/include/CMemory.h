// What the C library keeps of freed memory.
#pragma once

/// Gives freed memory back to the system. Between two phases that need it for different things the peak is then that of the
/// larger one, and not that of both.
void hm_give_back(void);
