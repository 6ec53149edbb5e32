package org.tim4j.tribuo.condition;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.protos.OutputPriorProto;
import org.tribuo.Output;

/** Every output drawn by itself, as generators of the first version do. */
record IndependentDraws<T extends Output<T>>(Belief<T> belief) implements OutputDraws<T> {
  @Override
  public List<T> draw(int count, long seed) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.CONDITION_PRIOR);
    List<T> outputs = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      outputs.add(draw(random.nextDouble()).copy());
    }
    return outputs;
  }

  private T draw(double share) {
    double remaining = share;
    int last = belief.outputs().size() - 1;
    for (int i = 0; i < last; i++) {
      remaining -= belief.probabilities()[i];
      if (remaining < 0) {
        return belief.outputs().get(i);
      }
    }
    return belief.outputs().get(last);
  }

  @Override
  public void writeTo(OutputPriorProto.Builder prior) {}
}
