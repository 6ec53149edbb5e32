/** Small programs to copy: each does one thing with the library, and is run as a test. */
package org.tim4j.examples;
