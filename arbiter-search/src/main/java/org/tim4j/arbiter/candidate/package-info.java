/** One point of a search: the settings of a training run, what it may cost, and what it gave. */
package org.tim4j.arbiter.candidate;
