/** Total time derivatives of a transition function along the path. */
package org.tim4j.objective.derivative;
