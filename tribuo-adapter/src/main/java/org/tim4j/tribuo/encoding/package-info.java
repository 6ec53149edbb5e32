/** Reversible encoding of Tribuo examples as vectors of about unit scale, fit on training data. */
package org.tim4j.tribuo.encoding;
