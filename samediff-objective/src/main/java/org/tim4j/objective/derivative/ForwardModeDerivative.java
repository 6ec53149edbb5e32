package org.tim4j.objective.derivative;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.tim4j.layers.TimInput;
import org.tim4j.layers.TimNetwork;
import org.tim4j.layers.base.InvalidInputException;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.TransitionBatch;
import org.tim4j.objective.TransitionFunction;
import org.tim4j.objective.array.SampleWise;
import org.tim4j.objective.derivative.NetworkTangent.Size;
import org.tim4j.objective.derivative.forward.ForwardMode;
import org.tim4j.objective.transport.Transport;

/**
 * The exact time derivative of a network, a Jacobian-vector product (JVP) in forward mode: the
 * tangent of {@code (x_t, t, r)} is {@code (dx_t/dt, 1, 0)}, so
 *
 * <pre>
 *   df/dt = ∇ₓf · (α'(t) x + σ'(t) ε) + (∂f/∂c) c'(t),   c = cNoise(t).
 * </pre>
 *
 * It has no step size and no truncation error. The network runs as one SameDiff graph in its own
 * data type, extended by {@link ForwardMode}, whichever runtime it uses elsewhere. Graphs are kept
 * for each size of pictures of the last network; its parameters are read at every call.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class ForwardModeDerivative implements TimeDerivative {
  private final Map<Size, NetworkTangent> tangents = new HashMap<>();
  private TimNetwork network;

  /**
   * {@inheritDoc}
   *
   * @param f a {@link NetworkTransition}, as only a network has a graph
   * @throws InvalidInputException if {@code f} is something else
   * @throws org.tim4j.objective.NonFiniteException if a derivative is not finite
   */
  @Override
  public INDArray of(TransitionFunction f, Transport transport, TransitionBatch batch) {
    if (!(f instanceof NetworkTransition transition)) {
      throw new InvalidInputException(
          "forward mode differentiates the graph of a network, and "
              + (f == null ? "null" : f.getClass().getSimpleName())
              + " has none; give a NetworkTransition or use FiniteDifference");
    }
    INDArray x = batch.x();
    int first = batch.intervals().diffusionCount();
    int count = batch.intervals().size();
    INDArray result = x.ulike().assign(0);
    if (first < count) {
      int[] samples = IntStream.range(first, count).toArray();
      result
          .get(NDArrayIndex.interval(first, count))
          .assign(derivative(transition, transport, batch, samples));
    }
    FiniteDerivative.require(result, transport, batch);
    return result;
  }

  private INDArray derivative(
      NetworkTransition transition, Transport transport, TransitionBatch batch, int[] samples) {
    INDArray x = SampleWise.pick(batch.x(), samples);
    INDArray noise = SampleWise.pick(batch.noise(), samples);
    double[] t = pick(batch.intervals().t(), samples);
    double[] r = pick(batch.intervals().r(), samples);
    INDArray condition =
        batch.condition() == null ? null : SampleWise.pick(batch.condition(), samples);
    TimInput at = transition.input(transport.interpolate(x, noise, t), t, r, condition);
    INDArray dx = transport.velocity(x, noise, t).castTo(at.x().dataType());
    double[] dt = Arrays.stream(t).map(transition.transport()::dCNoise).toArray();
    INDArray dtColumn = Nd4j.createFromArray(dt).castTo(at.t().dataType());
    return tangent(transition.network(), Size.of(at))
        .evaluate(at, dx, dtColumn.reshape('c', t.length, 1));
  }

  private NetworkTangent tangent(TimNetwork of, Size size) {
    if (network != of) {
      tangents.clear();
      network = of;
    }
    return tangents.computeIfAbsent(size, s -> new NetworkTangent(of, s));
  }

  private static double[] pick(double[] values, int[] samples) {
    return Arrays.stream(samples).mapToDouble(i -> values[i]).toArray();
  }
}
