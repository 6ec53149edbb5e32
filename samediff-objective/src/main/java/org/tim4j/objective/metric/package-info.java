/**
 * How close generated data is to real data: distances and agreements between two sets of feature
 * vectors. Knows nothing of networks; a feature may be a pixel, a table column or an embedding.
 */
package org.tim4j.objective.metric;
