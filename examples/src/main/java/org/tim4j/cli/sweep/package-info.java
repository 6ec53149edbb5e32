/** The search over interval weightings for images. */
package org.tim4j.cli.sweep;
