#pragma once

/// Publishes state messages of ten players as a statestream does, as fast as the broker takes them.
///
/// Returns 0 once `count` messages, a multiple of 80, are sent.
/// Finds a port of the loopback interface that nobody listens on; -1 when there is none.
int bare_free_port(void);

int bare_publish(int port, int qos, int count);

/// Subscribes with nothing but libmosquitto, publishes from a thread of its own, and counts.
///
/// Returns 0 after `count` messages.
int bare_take(int port, int qos, int count);
