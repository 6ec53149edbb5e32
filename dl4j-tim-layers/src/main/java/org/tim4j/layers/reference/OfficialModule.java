package org.tim4j.layers.reference;

import java.util.Map;
import org.tim4j.layers.weights.ModuleWeights;

/** Where the authors' network has the modules that reference files store alone. */
enum OfficialModule {
  ATTENTION("block0", "", "blocks.0.attn."),
  TIME_EMBEDDING("time", "", "t_embedder."),
  GATED_UNIT("block0", "mlp", "blocks.0.mlp."),
  BLOCK("block0", "", "blocks.0."),
  FINAL_LAYER("final", "", "final_layer.");

  private final String vertex;
  private final String unit;
  private final String module;

  OfficialModule(String vertex, String unit, String module) {
    this.vertex = vertex;
    this.unit = unit;
    this.module = module;
  }

  ModuleWeights weights(Map<String, long[]> shapes) {
    return new ModuleWeights(vertex, unit, module, shapes);
  }
}
