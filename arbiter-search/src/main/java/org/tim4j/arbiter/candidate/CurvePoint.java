package org.tim4j.arbiter.candidate;

/**
 * The score of a candidate in the course of its training.
 *
 * @param steps training steps made
 * @param seconds seconds of training, scoring not counted
 * @param score what the score function gave
 */
public record CurvePoint(long steps, double seconds, double score) {}
