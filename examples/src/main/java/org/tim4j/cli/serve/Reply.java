package org.tim4j.cli.serve;

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
}
