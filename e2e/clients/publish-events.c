/* Publishes analytics events with the NATS client for C. Arguments: URL, subject, count. */
#include <nats/nats.h>
#include <stdio.h>
#include <stdlib.h>

static natsStatus publish(jsCtx *stream, const char *subject, int count) {
  natsStatus status = NATS_OK;
  char body[160];
  for (int number = 0; number < count && status == NATS_OK; number++) {
    int length = snprintf(body, sizeof body, "{\"type\":\"purchase\",\"user_id\":\"user_%d\",\"value\":%d.25,\"id\":\"c-%d\"}",
                          number % 10, number, number);
    status = js_PublishAsync(stream, subject, body, length, NULL);
  }
  return status == NATS_OK ? js_PublishAsyncComplete(stream, NULL) : status;
}

int main(int argc, char **argv) {
  natsConnection *connection = NULL;
  jsCtx *stream = NULL;
  if (argc != 4) return 2;
  natsStatus status = natsConnection_ConnectTo(&connection, argv[1]);
  if (status == NATS_OK) status = natsConnection_JetStream(&stream, connection, NULL);
  if (status == NATS_OK) status = publish(stream, argv[2], atoi(argv[3]));
  if (status != NATS_OK) fprintf(stderr, "%s\n", natsStatus_GetText(status));
  jsCtx_Destroy(stream);
  natsConnection_Destroy(connection);
  nats_Close();
  return status == NATS_OK ? 0 : 1;
}
