#include "bare_client.h"

#include <arpa/inet.h>
#include <mosquitto.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/// What a player of Home Assistant says when its volume changes.
static const char *const burst[][2] = {
    {"state", "playing"},
    {"volume_level", "0.35"},
    {"media_content_id", "\"library://track/12\""},
    {"media_content_type", "\"music\""},
    {"media_duration", "80000"},
    {"media_title", "\"A title of the usual length\""},
    {"media_artist", "\"An artist\""},
    {"supported_features", "4127295"},
};

enum { players = 10, values = sizeof burst / sizeof burst[0] };

struct taking {
    int port;
    int qos;
    int count;
    int seen;
    pthread_t publisher;
};

static int publish_burst(struct mosquitto *client, int player, int qos) {
    int result = MOSQ_ERR_SUCCESS;
    for (int i = 0; i < values && result == MOSQ_ERR_SUCCESS; i++) {
        char topic[80];
        snprintf(topic, sizeof topic, "homeassistant/media_player/player_%d/%s", player, burst[i][0]);
        result = mosquitto_publish(client, NULL, topic, (int)strlen(burst[i][1]), burst[i][1], qos, false);
    }
    return result;
}

int bare_free_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int file = socket(AF_INET, SOCK_STREAM, 0);
    int failed = bind(file, (struct sockaddr *)&address, length) | getsockname(file, (struct sockaddr *)&address, &length);
    close(file);
    return failed ? -1 : ntohs(address.sin_port);
}

/// Counts a message that was written (QoS 0) or acknowledged by the broker (QoS 1).
static void on_publish(struct mosquitto *client, void *context, int mid) {
    (void)client, (void)mid;
    *(int *)context += 1;
}

int bare_publish(int port, int qos, int count) {
    int published = 0;
    struct mosquitto *client = mosquitto_new(NULL, true, &published);
    if (client == NULL) return MOSQ_ERR_NOMEM;
    mosquitto_publish_callback_set(client, on_publish);
    mosquitto_max_inflight_messages_set(client, 0);
    int result = mosquitto_connect(client, "127.0.0.1", port, 60);
    int sent = 0;
    while (sent < count && result == MOSQ_ERR_SUCCESS) {
        for (int player = 0; player < players && result == MOSQ_ERR_SUCCESS; player++) {
            result = publish_burst(client, player, qos);
        }
        sent += players * values;
        do {
            if (result == MOSQ_ERR_SUCCESS) result = mosquitto_loop(client, 0, 1);
        } while (result == MOSQ_ERR_SUCCESS && mosquitto_want_write(client));
    }
    // The library holds messages back when 65,535 wait for the broker. A disconnect would lose them.
    while (result == MOSQ_ERR_SUCCESS && published < sent) result = mosquitto_loop(client, 100, 1);
    // The broker has what was sent before DISCONNECT when it closes the connection.
    if (result == MOSQ_ERR_SUCCESS) result = mosquitto_disconnect(client);
    while (result == MOSQ_ERR_SUCCESS && mosquitto_loop(client, 100, 1) == MOSQ_ERR_SUCCESS) {}
    mosquitto_destroy(client);
    return result;
}

static void *publish_all(void *context) {
    struct taking *taking = context;
    bare_publish(taking->port, taking->qos, taking->count);
    return NULL;
}

static void on_subscribe(struct mosquitto *client, void *context, int mid, int count, const int *granted) {
    (void)client, (void)mid, (void)count, (void)granted;
    struct taking *taking = context;
    pthread_create(&taking->publisher, NULL, publish_all, taking);
}

static void on_message(struct mosquitto *client, void *context, const struct mosquitto_message *message) {
    (void)client, (void)message;
    ((struct taking *)context)->seen += 1;
}

int bare_take(int port, int qos, int count) {
    struct taking taking = {port, qos, count, 0, 0};
    struct mosquitto *client = mosquitto_new(NULL, true, &taking);
    if (client == NULL) return MOSQ_ERR_NOMEM;
    mosquitto_subscribe_callback_set(client, on_subscribe);
    mosquitto_message_callback_set(client, on_message);
    int result = mosquitto_connect(client, "127.0.0.1", port, 60);
    if (result == MOSQ_ERR_SUCCESS) {
        result = mosquitto_subscribe(client, NULL, "homeassistant/media_player/+/+", qos);
    }
    while (result == MOSQ_ERR_SUCCESS && taking.seen < count) result = mosquitto_loop(client, 100, 1);
    if (taking.publisher != 0) pthread_join(taking.publisher, NULL);
    mosquitto_destroy(client);
    return result;
}
