/** Images that commands write: grids of samples and plots. */
package org.tim4j.cli.image;
