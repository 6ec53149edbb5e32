package org.tim4j.cli.serve;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * What the server sends.
 *
 * @param status HTTP status
 * @param type media type
 * @param body bytes; the receiver must not change them
 */
record Reply(int status, String type, byte[] body) {
  static final String HTML = "text/html; charset=utf-8";
  static final String JSON = "application/json; charset=utf-8";
  static final String PNG = "image/png";

  /** What was wrong with a request, in one field. */
  static Reply error(int status, String message) {
    return json(
        status, JsonNodeFactory.instance.objectNode().put("error", message.replaceAll("\\R", " ")));
  }

  static Reply json(int status, ObjectNode body) {
    return new Reply(status, JSON, body.toString().getBytes(StandardCharsets.UTF_8));
  }
}
