/** The search over interval weightings for pictures. */
package org.tim4j.cli.sweep;
