/** A training run on images: its settings, its folder, its progress and its samples. */
package org.tim4j.cli.run;
