#include <mosquitto.h>
#include <mqtt_protocol.h>
/* Wakes the thread that runs libmosquitto; Swift's own Glibc module leaves it out. */
#include <sys/eventfd.h>
