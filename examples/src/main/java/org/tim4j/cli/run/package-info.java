/** A training run on pictures: its settings, its folder, its progress and its samples. */
package org.tim4j.cli.run;
