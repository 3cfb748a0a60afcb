// The part of the C library that says how much freed memory a process keeps. Swift's Glibc module lacks it.
#include <malloc.h>
