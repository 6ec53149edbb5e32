package org.tim4j.arbiter.sweep;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.config.OptimizationConfiguration;
import org.deeplearning4j.arbiter.optimize.generator.GeneticSearchCandidateGenerator;
import org.deeplearning4j.arbiter.optimize.serde.jackson.JsonMapper;
import org.tim4j.arbiter.task.StoppingRule;

/** What must be equal for a sweep to go on where it was cut off; when it ends may differ. */
final class SweepDefinition {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SweepDefinition() {}

  static JsonNode of(OptimizationConfiguration configuration, StoppingRule stopping, int checks) {
    CandidateGenerator generator = configuration.getCandidateGenerator();
    // Arbiter's own genetic search has no JSON.
    boolean unwritable = generator instanceof GeneticSearchCandidateGenerator;
    ObjectNode definition = JSON.createObjectNode();
    definition.put("generator", generator.getClass().getName());
    definition.set("candidates", tree(unwritable ? generator.getParameterSpace() : generator));
    definition.set("score", tree(configuration.getScoreFunction()));
    definition.put("seed", configuration.getRngSeed());
    definition.put("data", configuration.getDataSource().getName());
    definition.set("dataProperties", tree(configuration.getDataSourceProperties()));
    definition.put("stopping", stopping.toString());
    definition.put("checks", checks);
    return definition;
  }

  private static JsonNode tree(Object value) {
    try {
      return JSON.readTree(JsonMapper.getMapper().writeValueAsString(value));
    } catch (JsonProcessingException | org.nd4j.shade.jackson.core.JsonProcessingException e) {
      throw new IllegalStateException("a part of the sweep has no JSON", e);
    }
  }
}
