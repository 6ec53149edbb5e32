/** Records of what became of candidates, kept so that a sweep survives its process. */
package org.tim4j.arbiter.journal;
