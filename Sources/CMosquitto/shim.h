#include <mosquitto.h>
/* From 2.1 on the first header has all of the second, which warns. */
#if LIBMOSQUITTO_VERSION_NUMBER < 2001000
#include <mqtt_protocol.h>
#endif
/* Wakes the thread that runs libmosquitto; Swift's own Glibc module leaves it out. */
#include <sys/eventfd.h>
