/** Settings of the trainers, as Tribuo's configuration files give them. */
package org.tim4j.tribuo.config;
