package org.tim4j.tribuo.condition;

import com.google.protobuf.Any;

/** Checks the message of a class that stores nothing but its version. */
final class StatelessProto {
  private StatelessProto() {}

  static void check(int version, int newest, Any message) {
    if (version < 0 || version > newest) {
      throw new IllegalArgumentException(
          "Unknown version " + version + ", this class supports at most version " + newest);
    }
    if (!message.getValue().isEmpty()) {
      throw new IllegalArgumentException(
          "Invalid protobuf, expected no data, found " + message.getTypeUrl());
    }
  }
}
