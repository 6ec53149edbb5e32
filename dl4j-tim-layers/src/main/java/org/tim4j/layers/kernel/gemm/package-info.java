/** Matrix products, by oneDNN or OpenBLAS, on the calling thread alone. */
package org.tim4j.layers.kernel.gemm;
