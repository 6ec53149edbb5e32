/**
 * Reference values of the method's authors, and the cases that compare layers and whole networks
 * with them. A folder holds one file of arrays and one description for each subject; every size and
 * name comes from these files.
 */
package org.tim4j.layers.reference;
