/** Training and scoring of candidates, as tasks of Arbiter's runner. */
package org.tim4j.arbiter.task;
