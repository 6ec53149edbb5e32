/** Where generated examples came from. */
package org.tim4j.tribuo.provenance;
