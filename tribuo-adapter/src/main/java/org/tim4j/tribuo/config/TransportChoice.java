package org.tim4j.tribuo.config;

import java.util.Arrays;

/** The names that transports had in the models and configuration files of version 0.1. */
public enum TransportChoice {
  OT_FLOW_MATCHING("OT_FM"),
  TRIG_FLOW("TRIG_FLOW"),
  EDM("EDM"),
  VP_SDE("VP_SDE"),
  VE_SDE("VE_SDE");

  private final String registered;

  TransportChoice(String registered) {
    this.registered = registered;
  }

  /** Returns the name that a transport has now, given the name of now or then. */
  public static String registeredName(String name) {
    return Arrays.stream(values())
        .filter(choice -> choice.name().equals(name))
        .map(choice -> choice.registered)
        .findFirst()
        .orElse(name);
  }
}
