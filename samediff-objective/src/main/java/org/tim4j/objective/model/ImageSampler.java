package org.tim4j.objective.model;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.tim4j.layers.TimNetwork;
import org.tim4j.objective.NetworkTransition;
import org.tim4j.objective.NullCondition;
import org.tim4j.objective.image.ImageDescription;
import org.tim4j.objective.image.ImageSet;
import org.tim4j.objective.sampling.Guidance;
import org.tim4j.objective.sampling.SamplingRequest;
import org.tim4j.objective.sampling.TransitionSampler;
import org.tim4j.objective.transport.Transport;

/** Samples images of given classes; samples of one seed start from the same noise at any NFE. */
public final class ImageSampler {
  private final TimNetwork network;
  private final ImageDescription images;
  private final TransitionSampler sampler;

  /**
   * @param network the trained network
   * @param transport the transport it was trained with
   * @param images size and classes of the images
   */
  public ImageSampler(TimNetwork network, Transport transport, ImageDescription images) {
    this.network = network;
    this.images = images;
    this.sampler = new TransitionSampler(new NetworkTransition(network, transport), transport);
  }

  /**
   * Samples one image for each class of a list.
   *
   * @param classes class of each image
   * @param steps number of sampling steps
   * @param seed seed of the noise
   * @param guidance scale of classifier-free guidance; 1 for none
   */
  public ImageSet sample(int[] classes, int steps, long seed, double guidance) {
    INDArray condition =
        Nd4j.createFromArray(Arrays.stream(classes).asDoubleStream().toArray())
            .castTo(network.config().dataType())
            .reshape(classes.length, 1);
    SamplingRequest.Builder request =
        SamplingRequest.fromNoise(seed, images.shape().batch(classes.length))
            .steps(steps)
            .condition(condition);
    if (guidance != 1) {
      request.guidance(
          Guidance.of(guidance), NullCondition.like(network.config().condition(), condition));
    }
    return new ImageSet(sampler.sample(request.build()).samples(), classes, images.classNames());
  }
}
