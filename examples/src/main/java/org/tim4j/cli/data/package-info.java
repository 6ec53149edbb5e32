/** Labelled images to train on and compare with: bundled digits, IDX files, folders of PNGs. */
package org.tim4j.cli.data;
