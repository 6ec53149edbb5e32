package org.tim4j.tribuo.condition;

import java.util.ArrayList;
import java.util.List;
import org.tim4j.layers.random.Purpose;
import org.tim4j.layers.random.RandomStream;
import org.tim4j.tribuo.protos.OutputPriorProto;
import org.tribuo.Output;

/**
 * Every output as often as its probability says, up to one (systematic sampling), in random order:
 * as many rows as the training data had bring every class back.
 */
record QuotaDraws<T extends Output<T>>(Belief<T> belief) implements OutputDraws<T> {
  @Override
  public List<T> draw(int count, long seed) {
    RandomStream random = RandomStream.of(seed, 0, Purpose.CONDITION_PRIOR);
    double offset = random.nextDouble();
    int[] order = random.permutation(count);
    List<T> inOrder = new ArrayList<>();
    int output = 0;
    int last = belief.outputs().size() - 1;
    double upTo = belief.probabilities()[0];
    for (int i = 0; i < count; i++) {
      while (output < last && (i + offset) / count >= upTo) {
        upTo += belief.probabilities()[++output];
      }
      inOrder.add(belief.outputs().get(output));
    }
    List<T> outputs = new ArrayList<>();
    for (int place : order) {
      outputs.add(inOrder.get(place).copy());
    }
    return outputs;
  }

  @Override
  public void writeTo(OutputPriorProto.Builder prior) {
    prior.setQuota(true);
  }
}
