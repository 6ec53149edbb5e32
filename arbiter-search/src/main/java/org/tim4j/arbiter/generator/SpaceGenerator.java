package org.tim4j.arbiter.generator;

import java.util.List;
import org.deeplearning4j.arbiter.optimize.api.Candidate;
import org.deeplearning4j.arbiter.optimize.api.CandidateGenerator;
import org.deeplearning4j.arbiter.optimize.api.OptimizationResult;
import org.tim4j.arbiter.candidate.TransitionCandidate;
import org.tim4j.arbiter.space.SearchLeaf;
import org.tim4j.arbiter.space.TransitionSpace;
import org.tim4j.layers.base.Require;

/** A generator that numbers the leaves of its space and keeps its seed in JSON. */
abstract class SpaceGenerator implements CandidateGenerator {
  private final TransitionSpace parameterSpace;
  private long seed;
  private transient int drawn;

  SpaceGenerator(TransitionSpace parameterSpace, long seed) {
    this.parameterSpace = Require.present("parameterSpace", parameterSpace);
    this.seed = seed;
    for (SearchLeaf leaf : leaves()) {
      leaf.space().setIndices(leaf.position());
    }
  }

  /** Starts again from a seed. */
  abstract void restart();

  final List<SearchLeaf> leaves() {
    return SearchLeaf.of(parameterSpace);
  }

  final long seed() {
    return seed;
  }

  /** Returns the next candidate, at a point. */
  final Candidate<TransitionCandidate> next(double[] point, TransitionCandidate value) {
    return new Candidate<>(value, drawn++, point);
  }

  @Override
  public final TransitionSpace getParameterSpace() {
    return parameterSpace;
  }

  @Override
  public final void setRngSeed(long rngSeed) {
    seed = rngSeed;
    drawn = 0;
    restart();
  }

  @Override
  public void reportResults(OptimizationResult result) {}

  @Override
  public final Class<?> getCandidateType() {
    return TransitionCandidate.class;
  }
}
