// Nothing is called by name: the library takes the place of calls of the C library when it is loaded before it.
#pragma once
