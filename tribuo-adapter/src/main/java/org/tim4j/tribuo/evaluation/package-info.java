/** How good generated rows are: fidelity, usefulness, privacy; and scores of predicted samples. */
package org.tim4j.tribuo.evaluation;
